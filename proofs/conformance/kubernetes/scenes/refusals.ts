// Groups M and O, and what else is about the control plane: old versions, time-outs, overload, admission.
import type { Play, Scene } from '../scene';

const RUNNERS_JOBS = '/apis/batch/v1/namespaces/gpu-jobs/jobs';
const OURS = { 'app.kubernetes.io/managed-by': 'gpu-job-runner', batch: 'c' };

/** What the recorder wrote, so that there were newer versions. */
const ANNOTATIONS = [
  ['c-0', '1795877131850'],
  ['c-1', '1795877131855'],
  ['c-2', '1795877131859'],
  ['c-3', '1795877131863'],
] as const;

export const OLD_VERSIONS: Scene = {
  name: 'old versions',
  groups: ['M01', 'M02', 'M03', 'M04', 'M06', 'M07', 'M08'],
  nodes: 0,
  play: async (on: Play): Promise<void> => {
    for (const name of ['c-0', 'c-1', 'c-2', 'c-3'])
      await on.createJob({ name, labels: OURS, spec: { suspend: true } });
    await on.pass(100);
    await on.mark('1933');
    await on.send('GET', `${RUNNERS_JOBS}?limit=1`);
    for (const [name, x] of ANNOTATIONS) await annotate(on, name, x);
    // The recorder had compacted etcd by now; the API server's own cache still knew this version.
    await on.ask('M01-list-continue-after-compaction', 'M02-list-exact-after-compaction');
    await on.compact();
    await on.ask('M03-list-exact-rv1');
    await on.ask('M04-watch-410-old-rv', 'M06-list-continue-410', 'M07-list-exact-410', 'M08-list-rv0');
  },
};

export const ANONYMOUS: Scene = {
  name: 'anonymous',
  groups: ['M10', 'M11'],
  nodes: 0,
  anonymous: true,
  play: async (on: Play): Promise<void> => {
    await on.ask('M10-403-anonymous', 'M11-anonymous-version');
  },
};

export const CONTROL_PLANE_FAULTS: readonly Scene[] = [
  {
    name: 'overload and restart',
    groups: ['M3', 'M4'],
    nodes: 0,
    play: async (on: Play): Promise<void> => {
      await on.askUnder({ kind: 'too-many-requests', count: 1 }, 'M40-429-max-inflight');
      await on.open('M30-watch-at-apiserver-stop');
      await on.askUnder({ kind: 'api-down', forMs: 30_000 }, 'M31-connection-refused');
      await on.close('M30-watch-at-apiserver-stop');
    },
  },
  {
    name: 'storage that hangs',
    groups: ['M2'],
    nodes: 0,
    play: async (on: Play): Promise<void> => {
      await on.createJob({ name: 'c-0', spec: { suspend: true } });
      await on.fault('storage-hangs', { on: true });
      await on.ask('M20-504-get-timeout', 'M21-504-create-timeout', 'M22-readyz-500');
      await on.fault('storage-hangs', { on: false });
      await on.ask('M23-get-after-timeout');
    },
  },
];

export const ADMISSION: Scene = {
  name: 'admission',
  groups: ['O0', 'O11', 'O12', 'O13'],
  plainNode: true,
  play: async (on: Play): Promise<void> => {
    await on.ask('O01-422-annotations-too-long', 'O02-configmap-too-large', 'O03-413-body-too-large');
    await on.send('POST', '/api/v1/namespaces', {
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name: 'strict', labels: { 'pod-security.kubernetes.io/enforce': 'restricted' } },
    });
    await on.ask('O04-podsecurity-job-warning');
    await on.pass(100);
    await on.ask('O05-podsecurity-event', 'O07-create-no-serviceaccount', 'O07-create-no-priorityclass');
    await on.ask('O07-create-no-runtimeclass');
    await on.pass(100);
    await on.ask('O08-events-no-serviceaccount', 'O08-events-no-priorityclass', 'O08-events-no-runtimeclass');
    await on.createJob({ name: 'no-node', pod: { nodeSelector: { accelerator: 'nvidia-h100' } } });
    await on.createJob({
      name: 'no-mem',
      container: { resources: { limits: { memory: '900Gi', 'nvidia.com/gpu': 1 } } },
    });
    await on.pass(100);
    await on.ask('O09-pod-nodeselector', 'O11-events-insufficient-memory');
    await on.fault('deny-jobs', {
      message:
        '[azurepolicy-k8sazurev2containerallowedimag-0000] Container image busybox:local for container main has not been allowed.',
    });
    await on.ask('O12-webhook-denied-403');
    await on.fault('deny-jobs', { message: '' });
    await on.fault('webhook-down', { down: true });
    await on.ask('O13-webhook-down-500');
    await on.fault('webhook-down', { down: false });
  },
};

export const ADMISSION_POLICY: Scene = {
  name: 'admission policy',
  groups: ['O14'],
  play: async (on: Play): Promise<void> => {
    await on.fault('policy-denies', {
      policy: 'must-have-deadline',
      binding: 'b',
      message: 'GPU Jobs must set activeDeadlineSeconds',
    });
    await on.ask('O14-policy-denied-422');
  },
};

export const BOOKMARKS: Scene = {
  name: 'bookmarks',
  groups: ['F23'],
  nodes: 0,
  play: async (on: Play): Promise<void> => {
    await on.mark('2673');
    await on.ask('F23-watch-bookmark');
  },
};

async function annotate(on: Play, name: string, x: string): Promise<void> {
  await on.send('PATCH', `${RUNNERS_JOBS}/${name}`, { metadata: { annotations: { x } } });
}
