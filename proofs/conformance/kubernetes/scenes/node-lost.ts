// Groups K and N: a GPU node, what it takes on, and what becomes of a pod when it is lost.
import type { Play, Scene } from '../scene';

export const NODE_LOST: Scene = {
  name: 'N',
  groups: ['N'],
  plainNode: true,
  programs: {
    'echo hello; sleep 600': { prints: [{ atMs: 0, text: 'hello\n' }], exit: { atMs: 600_000, code: 0 } },
  },
  play: async (on: Play): Promise<void> => {
    const ignore = {
      rules: [{ action: 'Ignore', onPodConditions: [{ type: 'DisruptionTarget', status: 'True' }] }],
    };
    const soon = (key: string): Record<string, unknown> => ({
      key,
      operator: 'Exists',
      effect: 'NoExecute',
      tolerationSeconds: 5,
    });
    await on.open('N10-watch-job', 'N11-watch-pods');
    await on.createJob({
      name: 'lost',
      spec: { backoffLimit: 1, podFailurePolicy: ignore },
      pod: {
        terminationGracePeriodSeconds: 2,
        tolerations: [
          { key: 'sku', operator: 'Equal', value: 'gpu', effect: 'NoSchedule' },
          soon('node.kubernetes.io/unreachable'),
          soon('node.kubernetes.io/not-ready'),
        ],
      },
      container: { command: ['sh', '-c', 'echo hello; sleep 600'] },
    });
    await on.pass(4_000);
    await on.fault('kubelet-down', { node: 'aks-gpunp-000000', forMs: 600_000 });
    await on.ask('N01-log-kubelet-down');
    await on.pass(52_000);
    await on.ask('N02-node-notready', 'N03-pod-on-lost-node');
    await on.pass(10_000);
    await on.ask('N04-pod-taint-evicted', 'N05-job-with-lost-pod', 'N06-events-lost-pod');
    await on.send('DELETE', '/api/v1/nodes/aks-gpunp-000000');
    await on.pass(40_500);
    await on.ask('N07-pod-after-node-deleted');
    await on.pass(1_000);
    await on.ask('N08-job-after-node-deleted');
    await on.pass(2_000);
    await on.close('N10-watch-job', 'N11-watch-pods');
  },
};
