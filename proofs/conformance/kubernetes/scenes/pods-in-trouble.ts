// Groups L7 to L11, L18, L26, L29 to L31: pods that wait, are refused, or have more than one container.
import { startKwok } from '../kwok';
import type { Play, Scene } from '../scene';

const TRUE = { exit: { atMs: 1, code: 0 } };

export const PODS_IN_TROUBLE: readonly Scene[] = [
  {
    name: 'L7',
    groups: ['L7-'],
    programs: { 'echo run; exit 1': { prints: [{ atMs: 0, text: 'run\n' }], exit: { atMs: 1, code: 1 } } },
    play: async (on: Play): Promise<void> => {
      await on.createJob({
        name: 'crashing',
        spec: { backoffLimit: 6 },
        pod: { restartPolicy: 'OnFailure' },
        container: { command: ['sh', '-c', 'echo run; exit 1'] },
      });
      await on.pass(33_800);
      await on.ask(
        'L7-01-pod-crashloopbackoff',
        'L7-02-log-previous',
        'L7-03-log-current',
        'L7-04-job-status',
      );
      await on.ask('L7-05-events-pod');
    },
  },
  {
    name: 'L8',
    groups: ['L8-'],
    play: async (on: Play): Promise<void> => {
      await on.open('L8-07-watch-pods');
      await on.createJob({ name: 'pullfail', container: { image: '127.0.0.1:5055/train/missing:v9' } });
      await on.pass(2_500);
      await on.ask('L8-01-pod-errimagepull', 'L8-02-log-errimagepull');
      await on.pass(13_500);
      await on.ask('L8-03-pod-imagepullbackoff', 'L8-04-log-imagepullbackoff');
      await on.close('L8-07-watch-pods');
      await on.ask('L8-06-events-pod');
    },
  },
  {
    name: 'L9',
    groups: ['L9-'],
    play: async (on: Play): Promise<void> => {
      const noGpu = { resources: {} };
      await on.createJob({
        name: 'pull-auth',
        container: { ...noGpu, image: '127.0.0.1:5055/private/model:1' },
      });
      await on.pass(2_500);
      await on.ask('L9-pod-pull-auth', 'L9-events-pull-auth');
      await on.createJob({ name: 'pull-badname', container: { ...noGpu, image: 'Bad Image!!' } });
      await on.pass(2_000);
      await on.ask('L9-pod-pull-badname', 'L9-events-pull-badname');
      await on.createJob({
        name: 'pull-never',
        container: { ...noGpu, image: 'busybox:absent', imagePullPolicy: 'Never' },
      });
      await on.pass(2_000);
      await on.ask('L9-pod-pull-never', 'L9-events-pull-never');
    },
  },
  {
    name: 'L10',
    groups: ['L10-'],
    play: async (on: Play): Promise<void> => {
      await on.open('L10-04-watch-job', 'L10-05-watch-pods');
      await on.ask('L10-01-create');
      await on.pass(4_900);
      await on.close('L10-04-watch-job', 'L10-05-watch-pods');
      await on.ask('L10-02-job-final', 'L10-03-pods-final', 'L10-07-events-pod');
    },
  },
  {
    name: 'L11',
    groups: ['L11-'],
    play: async (on: Play): Promise<void> => {
      const missing = { secretKeyRef: { name: 'absent', key: 'k' } };
      await on.createJob({
        name: 'noconfig',
        container: { resources: {}, env: [{ name: 'A', valueFrom: missing }] },
      });
      await on.pass(2_000);
      await on.ask('L11-01-pod-createcontainerconfigerror', 'L11-02-log', 'L11-03-events');
      await on.createJob({
        name: 'nomount',
        pod: { volumes: [{ name: 'v', secret: { secretName: 'absent' } }] },
        container: { resources: {}, volumeMounts: [{ name: 'v', mountPath: '/v' }] },
      });
      await on.pass(200);
      await on.ask('L11-04-pod-failedmount', 'L11-06-events');
    },
  },
  {
    name: 'L18',
    groups: ['L18-'],
    programs: {
      'echo prep': { prints: [{ atMs: 0, text: 'prep\n' }], exit: { atMs: 1, code: 0 } },
      'echo a; sleep 3': { prints: [{ atMs: 0, text: 'a\n' }], exit: { atMs: 3_000, code: 0 } },
      'echo b; sleep 3': { prints: [{ atMs: 0, text: 'b\n' }], exit: { atMs: 3_000, code: 0 } },
    },
    play: async (on: Play): Promise<void> => {
      const container = (name: string, command: string): Record<string, unknown> => ({
        name,
        image: 'busybox:local',
        command: ['sh', '-c', command],
      });
      await on.createJob({
        name: 'two',
        pod: { initContainers: [container('prep', 'echo prep')] },
        containers: [container('a', 'echo a; sleep 3'), container('b', 'echo b; sleep 3')],
      });
      await on.pass(3_000);
      await on.ask('L18-01-log-must-choose', 'L18-02-log-init', 'L18-03-log-bad-container');
      await on.ask('L18-04-pod-two-containers');
    },
  },
  {
    name: 'L26',
    groups: ['L26-'],
    nodes: 0,
    play: async (on: Play): Promise<void> => {
      const kwok = await startKwok(on, false);
      const name = `${'a'.repeat(50)}-${'b'.repeat(12)}`;
      await on.createJob({ name, container: { command: ['sh', '-c', 'echo ok'], resources: {} } });
      for (const step of ['created', 'ready', 'complete'] as const) {
        await on.pass(1_000);
        await kwok.write(name, step);
      }
      await on.pass(2_000);
      await on.ask('L26-01-pod-of-63-char-job');
    },
  },
  {
    name: 'L29',
    groups: ['L29-'],
    programs: { true: TRUE },
    play: async (on: Play): Promise<void> => {
      await on.createJob({
        name: 'holds-the-gpu',
        container: { command: ['sh', '-c', 'sleep 100'] },
      });
      await on.pass(2_000);
      // Bound by name: the scheduler has no say, so it is the kubelet that refuses the pod.
      await on.createJob({
        name: 'rejected',
        pod: { nodeName: 'aks-gpunp-000000' },
        container: { command: ['sh', '-c', 'true'] },
      });
      await on.pass(2_000);
      await on.ask('L29-01-job', 'L29-02-pods', 'L29-03-log', 'L29-04-events');
    },
  },
  {
    name: 'L30',
    groups: ['L30-'],
    programs: { 'echo pulled': { prints: [{ atMs: 0, text: 'pulled\n' }], exit: { atMs: 1, code: 0 } } },
    play: async (on: Play): Promise<void> => {
      await on.createJob({
        name: 'pull-ok',
        pod: { imagePullSecrets: [{ name: 'absent' }] },
        container: {
          image: '127.0.0.1:5055/train/ok:v1',
          imagePullPolicy: 'Always',
          command: ['sh', '-c', 'echo pulled'],
        },
      });
      await on.pass(5_000);
      await on.ask('L30-01-pod', 'L30-02-events');
    },
  },
  {
    name: 'L31',
    groups: ['L31-'],
    programs: { 'echo p; sleep 1': { prints: [{ atMs: 0, text: 'p\n' }], exit: { atMs: 1_003, code: 0 } } },
    play: async (on: Play): Promise<void> => {
      await on.createJob({
        name: 'parallel',
        spec: { completions: 3, parallelism: 2 },
        container: { command: ['sh', '-c', 'echo p; sleep 1'], resources: {} },
      });
      await on.pass(20_000);
      await on.ask('L31-01-job');
    },
  },
];
