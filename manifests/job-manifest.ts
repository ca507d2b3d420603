// The Kubernetes Job that runs a spec once: what is sent to a cluster, and what a person is shown of it.
import { CONTAINER_NAME } from '../domain/ports/compute-backend';
import { deadlinesOf, type EnvValue, type JobSpec } from '../domain/spec/job-spec';
import type { Resources } from '../domain/spec/resources';
import { escapeReferences } from './expansion';
import { GPU_RESOURCE } from './gpu-resource';
import { jobDeadlines } from './job-deadlines';
import { labelsFor } from './job-labels';
import { type PodMount, podVolumes } from './pod-mounts';
import { type PodSecurityLevel, podSecurityOf } from './pod-security';
import { coresQuantity, memoryQuantity } from './quantity';
import { annotationFor, SPEC_ANNOTATION } from './spec-annotation';

type Labels = Readonly<Record<string, string>>;
type Nodes = NonNullable<JobSpec['kubernetes']>;

/** What a placement adds to each of its Jobs. */
export interface PlacementPart {
  readonly podSecurity: PodSecurityLevel;
  readonly labels?: Labels | undefined;
  readonly annotations?: Labels | undefined;
  readonly serviceAccount?: string | undefined;
  readonly imagePullSecrets?: readonly string[] | undefined;
  readonly priorityClassName?: string | undefined;
  readonly runtimeClassName?: string | undefined;
  /** The Job then waits until Kueue admits it. */
  readonly kueueQueue?: string | undefined;
  /** Nodes with the GPU that is asked for, or any where none is. */
  readonly nodes?: Nodes | undefined;
}

/** What is known of one Job only, apart from its spec. */
export interface JobPart {
  readonly name: string;
  /** The marks of whose it is, on the Job and on its pod. */
  readonly labels: Labels;
  readonly annotations: Labels;
  /** What every program is told of itself. */
  readonly environment: Labels;
  /** From its creation to its expiry, seconds. */
  readonly livesS: number;
  /** Where the value of a secret variable is. */
  readonly secretOf: (variable: string, value: Exclude<EnvValue, string>) => SecretKey;
  readonly pullSecrets: readonly string[];
  /** By which the pod asks for its GPUs; left out: `nvidia.com/gpu`. */
  readonly gpuResource?: string | undefined;
  /** Left out: no limits of CPU and memory are written. */
  readonly resources?: Resources | undefined;
  /** Secret variables that every program is told, and where their values are. */
  readonly secretEnvironment?: Readonly<Record<string, SecretKey>>;
  readonly mounts?: readonly PodMount[];
  /** Of the identity that the spec names, in place of the placement's own service account. */
  readonly identity?: { readonly serviceAccount: string } | undefined;
}

interface SecretKey {
  readonly name: string;
  readonly key: string;
}

/** By which AKS's webhook gives a pod the means to sign in as the identity of its service account. */
const WORKLOAD_IDENTITY = { 'azure.workload.identity/use': 'true' };

const QUEUE_LABEL = 'kueue.x-k8s.io/queue-name';
/** docs/facts/kubernetes.md#disruptions */
const DISRUPTION = { type: 'DisruptionTarget', status: 'True' };

/**
 * One pod, once: `backoffLimit` 0 and a replacement only of what has failed keep a second program from starting, and a
 * disruption fails the Job. The runner makes the retries, one Job for each.
 */
export function jobManifest(spec: JobSpec, placement: PlacementPart, job: JobPart): object {
  const deadlines = jobDeadlines(deadlinesOf(spec), job.livesS);
  const { kueueQueue } = placement;
  return {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: {
      name: job.name,
      ...given('labels', {
        ...labelsFor(spec).labels,
        ...placement.labels,
        ...(kueueQueue === undefined ? {} : { [QUEUE_LABEL]: kueueQueue }),
        ...job.labels,
      }),
      annotations: {
        ...placement.annotations,
        [SPEC_ANNOTATION]: annotationFor(spec, job.name),
        ...job.annotations,
      },
    },
    spec: {
      ...(kueueQueue === undefined ? {} : { suspend: true }),
      completions: 1,
      parallelism: 1,
      backoffLimit: 0,
      podReplacementPolicy: 'Failed',
      podFailurePolicy: { rules: [{ action: 'FailJob', onPodConditions: [DISRUPTION] }] },
      activeDeadlineSeconds: deadlines.job,
      ttlSecondsAfterFinished: deadlines.kept,
      template: {
        ...metadataOf(placement, job),
        spec: podOf(spec, placement, job, deadlines.pod),
      },
    },
  };
}

function metadataOf(placement: PlacementPart, job: JobPart): object {
  const labels = given('labels', {
    ...placement.labels,
    ...(job.identity === undefined ? {} : WORKLOAD_IDENTITY),
    ...job.labels,
  });
  const metadata = { ...labels, ...given('annotations', { ...placement.annotations, ...job.annotations }) };
  return Object.keys(metadata).length === 0 ? {} : { metadata };
}

function podOf(spec: JobSpec, placement: PlacementPart, job: JobPart, deadline: number): object {
  const { priorityClassName, runtimeClassName, imagePullSecrets = [] } = placement;
  const serviceAccount = job.identity?.serviceAccount ?? placement.serviceAccount;
  const volumes = podVolumes(job.mounts ?? [], spec);
  const pullSecrets = [...imagePullSecrets, ...job.pullSecrets].map((name) => ({ name }));
  const tolerations = [...(placement.nodes?.tolerations ?? []), ...(spec.kubernetes?.tolerations ?? [])];
  const security = podSecurityOf(placement.podSecurity);
  return {
    restartPolicy: 'Never',
    activeDeadlineSeconds: deadline,
    automountServiceAccountToken: false,
    enableServiceLinks: false,
    ...(serviceAccount === undefined ? {} : { serviceAccountName: serviceAccount }),
    ...(priorityClassName === undefined ? {} : { priorityClassName }),
    ...(runtimeClassName === undefined ? {} : { runtimeClassName }),
    ...(pullSecrets.length === 0 ? {} : { imagePullSecrets: pullSecrets }),
    ...given('nodeSelector', { ...placement.nodes?.nodeSelector, ...spec.kubernetes?.nodeSelector }),
    ...(tolerations.length === 0 ? {} : { tolerations }),
    ...security.pod,
    ...volumes.pod,
    containers: [containerOf(spec, job, { ...volumes.container, ...security.container })],
  };
}

/** `more`: further members of the container. */
function containerOf(spec: JobSpec, job: JobPart, more: object): object {
  const limits = limitsOf(spec, job);
  const env = environmentOf(spec, job);
  return {
    name: CONTAINER_NAME,
    image: spec.image,
    ...(spec.command === undefined ? {} : { command: spec.command.map(escapeReferences) }),
    ...(spec.args === undefined ? {} : { args: spec.args.map(escapeReferences) }),
    ...(spec.workingDir === undefined ? {} : { workingDir: spec.workingDir }),
    ...(env.length === 0 ? {} : { env }),
    ...(Object.keys(limits).length === 0 ? {} : { resources: { limits } }),
    ...more,
  };
}

function limitsOf(
  { gpu }: JobSpec,
  { resources, gpuResource = GPU_RESOURCE }: JobPart,
): Readonly<Record<string, string | number>> {
  return {
    ...(resources === undefined
      ? {}
      : { cpu: coresQuantity(resources.cpu), memory: memoryQuantity(resources.memoryGb) }),
    ...(gpu === undefined ? {} : { [gpuResource]: gpu.count }),
  };
}

function environmentOf({ env = {} }: JobSpec, job: JobPart): object[] {
  const { environment, secretEnvironment = {} } = job;
  const told = [
    ...Object.entries(environment).map(([name, value]) => ({ name, value })),
    ...Object.entries(secretEnvironment).map(([name, key]) => ({ name, valueFrom: { secretKeyRef: key } })),
  ];
  const own = Object.entries(env)
    .filter(([name]) => !Object.hasOwn(environment, name) && !Object.hasOwn(secretEnvironment, name))
    .map(([name, value]) =>
      typeof value === 'string'
        ? { name, value: escapeReferences(value) }
        : { name, valueFrom: { secretKeyRef: job.secretOf(name, value) } },
    );
  return [...told, ...own];
}

/** A member that is left out when it would be empty. */
function given(member: string, labels: Labels): object {
  return Object.keys(labels).length === 0 ? {} : { [member]: labels };
}
