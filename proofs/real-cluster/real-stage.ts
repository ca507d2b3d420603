// The stage of the contract suite on a real cluster: one namespace a test, real time, and the app's own rights.
import { setTimeout as sleep } from 'node:timers/promises';

import { z } from 'zod';

import type { ClusterApi } from '../../backends/kubernetes/cluster/cluster-api';
import { kubernetesFacts } from '../../backends/kubernetes/facts';
import { createKubernetesBackend } from '../../backends/kubernetes/kubernetes-backend';
import { type KubernetesPlacement, kubernetesPlacementSchema } from '../../backends/kubernetes/placement';
import { type BackendStage, SPEC } from '../../test/contract/backend-stage';
import { type Programs, programsOf } from './programs';
import type { RealCluster } from './real-cluster';
import type { TestNamespace } from './test-namespace';

/** How the cluster of a run is to be used. All times in milliseconds. */
export interface StageSettings {
  readonly image?: string | undefined;
  /** From a create until its program surely runs. */
  readonly untilRunning: number;
  readonly runs: number;
  /** Why its logs can't be tried; undefined where they can. */
  readonly noLogs?: string | undefined;
}

/** A pod that is deleted ends its program at once, and a namespace's controllers need a moment each. */
const UNTIL_GONE_MS = 6_000;
/** Both ends of a run are told in whole seconds, and what plays a pod may be a second late. */
const INSTANTS_WITHIN_MS = 2_000;

const eventsSchema = z.object({
  items: z.array(
    z.object({
      reason: z.string().nullish(),
      count: z.number().nullish(),
      involvedObject: z.object({ kind: z.string().nullish() }),
    }),
  ),
});
const podsSchema = z.object({
  items: z.array(
    z.object({
      metadata: z.object({ creationTimestamp: z.string() }),
      spec: z.object({
        containers: z.array(
          z.object({ command: z.array(z.string()).nullish(), args: z.array(z.string()).nullish() }),
        ),
      }),
    }),
  ),
});

/** Restricted where pods are played: there no program can mind that it is not root. */
export function podSecurityFor(image: string | undefined): KubernetesPlacement['podSecurity'] {
  return image === undefined ? 'restricted' : 'baseline';
}

function placementIn(
  namespace: string,
  image: string | undefined,
  { annotations }: Programs,
): KubernetesPlacement {
  return kubernetesPlacementSchema.parse({
    name: 'cluster',
    backend: 'kubernetes',
    cluster: { kubeconfig: 'kubeconfig.yaml' },
    namespace,
    gpus: [],
    nodes: { tolerations: [{ key: 'sku', operator: 'Equal', value: 'gpu', effect: 'NoSchedule' }] },
    podSecurity: podSecurityFor(image),
    annotations,
    limits: { workloads: 100 },
  });
}

/**
 * `here`: the namespace of the test that runs; asked for at each request. What programs did is read as `admin`, from
 * the events that the nodes wrote and from the pods, so not by the code on trial.
 */
export function setRealStage(
  admin: RealCluster,
  here: () => TestNamespace | undefined,
  { image, untilRunning, runs, noLogs }: StageSettings,
): BackendStage {
  const namespace = here();
  const programs = programsOf(image, runs);
  const placement = placementIn(namespace?.name ?? 'not-made-yet', image, programs);
  let creates = 0;

  function reached(): TestNamespace {
    if (namespace === undefined) throw new Error('A test asks before it has a namespace.');
    return namespace;
  }
  const counted: ClusterApi = {
    send: (request) => {
      if (request.method === 'POST' && new URL(request.path, 'https://cluster').pathname.endsWith('/jobs'))
        creates += 1;
      return reached().runner.api.send(request);
    },
  };
  const api = programs.through(counted);
  const listed = (resource: 'events' | 'pods'): Promise<unknown> =>
    admin.ask({ method: 'GET', path: `/api/v1/namespaces/${reached().name}/${resource}` });

  return {
    backend: createKubernetesBackend(placement, () => api),
    facts: kubernetesFacts(placement),
    placement: placement.name,
    advance: (ms) => sleep(ms),
    preparing: { spec: { ...SPEC, env: { KEY: { secretRef: 'key' } } }, secrets: { KEY: 'value' } },
    untilReady: 0,
    untilRunning,
    runs,
    instantsWithin: INSTANTS_WITHIN_MS,
    untilGone: UNTIL_GONE_MS,
    creates: () => creates,
    starts: async () =>
      eventsSchema
        .parse(await listed('events'))
        .items.filter(({ reason, involvedObject }) => reason === 'Started' && involvedObject.kind === 'Pod')
        .reduce((sum, { count }) => sum + (count ?? 1), 0),
    commandLine: async () => {
      const { items } = podsSchema.parse(await listed('pods'));
      const newest = items.toSorted((a, b) =>
        b.metadata.creationTimestamp.localeCompare(a.metadata.creationTimestamp),
      )[0];
      const container = newest?.spec.containers[0];
      return [...(container?.command ?? []), ...(container?.args ?? [])];
    },
    entrypoint: programs.entrypoint,
    invalid: { ...SPEC, resources: { cpu: -1, memoryGb: 1 } },
    refuseCreates: () => reached().refuseJobs(),
    ...(noLogs === undefined ? {} : { noLogs }),
  };
}
