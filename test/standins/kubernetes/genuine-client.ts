// What Kubernetes' own client for Node does with a cluster from a Job's create to its removal. It runs in plain node:
// the package has ESM alone, which jest can't load.
/* eslint-disable @typescript-eslint/no-unsafe-class-instance-assignment -- the package's classes are but shapes; its
   own examples pass literals for them. */
import { Writable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';

const NAMESPACE = 'gpu-jobs';
const NAME = 'genuine';
const JOB = {
  apiVersion: 'batch/v1',
  kind: 'Job',
  metadata: { name: NAME, labels: { by: 'genuine-client' } },
  spec: {
    template: {
      spec: {
        restartPolicy: 'Never',
        containers: [
          {
            name: 'main',
            image: 'gpu-jobs.local/host-process',
            command: ['sh', '-c', 'echo a; sleep 1; echo b'],
          },
        ],
      },
    },
  },
};

/** Each step's answer, as a few words. Rejects with the client's own error at the first that fails. */
export async function lifeByGenuineClient(kubeconfig: string): Promise<Record<string, unknown>> {
  const client = await import('@kubernetes/client-node');
  const config = new client.KubeConfig();
  config.loadFromFile(kubeconfig);
  const batch = config.makeApiClient(client.BatchV1Api);
  const core = config.makeApiClient(client.CoreV1Api);
  const reviews = config.makeApiClient(client.AuthorizationV1Api);
  const objects = client.KubernetesObjectApi.makeApiClient(config);
  const at = { namespace: NAMESPACE, name: NAME };

  const review = await reviews.createSelfSubjectAccessReview({
    body: {
      spec: {
        resourceAttributes: { namespace: NAMESPACE, verb: 'create', group: 'batch', resource: 'jobs' },
      },
    },
  });
  const phases: string[] = [];
  const watch = await new client.Watch(config).watch(
    `/api/v1/namespaces/${NAMESPACE}/pods`,
    { labelSelector: `job-name=${NAME}` },
    (type, pod: { status?: { phase?: string } }) => phases.push(`${type} ${pod.status?.phase ?? ''}`),
    () => undefined, // It is ended below, which counts as an error to this client.
  );
  const created = await batch.createNamespacedJob({ namespace: NAMESPACE, body: JOB });
  const pod = await until(async () => {
    const { items } = await core.listNamespacedPod({
      namespace: NAMESPACE,
      labelSelector: `job-name=${NAME}`,
    });
    const [first] = items;
    return first?.status?.phase === 'Running' ? first.metadata?.name : undefined;
  });
  const log: string[] = [];
  const sink = new Writable({
    write: (chunk: Buffer, _encoding, done) => {
      log.push(chunk.toString('utf8'));
      done();
    },
  });
  await new client.Log(config).log(NAMESPACE, pod, 'main', sink, { follow: true });
  const completed = await until(async () => {
    const { status } = await batch.readNamespacedJob(at);
    return status?.conditions?.find(({ type }) => type === 'Complete')?.status;
  });
  const applied = await objects.patch(
    { ...JOB, metadata: { ...at, labels: { applied: 'yes' } }, spec: undefined },
    undefined,
    undefined,
    'genuine-client',
    true,
    client.PatchStrategy.ServerSideApply,
  );
  const listed = await batch.listNamespacedJob({ namespace: NAMESPACE, labelSelector: 'applied=yes' });
  await batch.deleteNamespacedJob({ ...at, propagationPolicy: 'Foreground' });
  const gone = await until(() => batch.readNamespacedJob(at).then(() => undefined, codeOf));
  const pods = await core.listNamespacedPod({ namespace: NAMESPACE });
  watch.abort();
  return {
    mayCreate: review.status?.allowed,
    created: created.metadata?.name,
    log: log.join(''),
    completed,
    appliedLabels: applied.metadata.labels,
    listed: listed.items.map(({ metadata }) => metadata?.name),
    gone,
    podsLeft: pods.items.length,
    phases: [...new Set(phases)],
  };
}

function codeOf(error: unknown): unknown {
  return Reflect.get(Object(error) as object, 'code');
}

async function until<Value>(look: () => Promise<Value | undefined>): Promise<Value> {
  for (;;) {
    const found = await look();
    if (found !== undefined) return found;
    await sleep(50);
  }
}

/** Creates a Job as it is given, in JSON, and waits until it has completed; what the client reads beside it. */
export async function mountsByGenuineClient({
  kubeconfig,
  job,
}: {
  readonly kubeconfig: string;
  readonly job: string;
}): Promise<Record<string, unknown>> {
  const client = await import('@kubernetes/client-node');
  const config = new client.KubeConfig();
  config.loadFromFile(kubeconfig);
  const batch = config.makeApiClient(client.BatchV1Api);
  const core = config.makeApiClient(client.CoreV1Api);
  const body = client.loadYaml<InstanceType<typeof client.V1Job>>(job);
  const made = await batch.createNamespacedJob({ namespace: NAMESPACE, body, fieldValidation: 'Strict' });
  const name = made.metadata?.name ?? '';
  let succeeded = 0;
  while (succeeded === 0) {
    await sleep(100);
    const { status } = await batch.readNamespacedJob({ namespace: NAMESPACE, name });
    if (status?.failed) throw new Error('The Job failed.');
    succeeded = status?.succeeded ?? 0;
  }
  const claims = await core.listNamespacedPersistentVolumeClaim({ namespace: NAMESPACE });
  const account = await core.readNamespacedServiceAccount({ namespace: NAMESPACE, name: 'trainer' });
  return {
    succeeded,
    claims: claims.items.map(({ metadata, status }) => `${metadata?.name ?? ''} ${status?.phase ?? ''}`),
    client: account.metadata?.annotations?.['azure.workload.identity/client-id'],
  };
}
