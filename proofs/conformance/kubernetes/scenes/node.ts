// Group K and F24: a GPU node and the first Jobs on it. The recorder's node was kwok's, which runs nothing.
import type { Play, Scene } from '../scene';

/** The lines of the log that the recorder's node served, without their times. */
const PRINTED = [
  '2026-11-28 14:00:00.010: I tensorflow/core/common_runtime/gpu/gpu_device.cc:1030] Found device 0 with properties:\n',
  ...Array.from(
    { length: 10 },
    (_, index) => `Accuracy at step ${index * 50}: ${(0.1 + index * 0.09).toFixed(4)}\n`,
  ),
  'Adding run metadata for 499\n',
];

export const NODE: readonly Scene[] = [
  {
    name: 'K',
    groups: ['K'],
    programs: {
      'mcr.microsoft.com/azuredocs/samples-tf-mnist-demo:gpu': {
        prints: PRINTED.map((text, index) => ({ atMs: index, text })),
        exit: { atMs: 3_000, code: 0 },
      },
    },
    play: async (on: Play): Promise<void> => {
      await on.ask('K01-node');
      await on.send('POST', '/apis/batch/v1/namespaces/gpu-jobs/jobs', {
        apiVersion: 'batch/v1',
        kind: 'Job',
        metadata: { name: 'samples-tf-mnist-demo', labels: { app: 'samples-tf-mnist-demo' } },
        spec: {
          template: {
            metadata: { labels: { app: 'samples-tf-mnist-demo' } },
            spec: {
              restartPolicy: 'OnFailure',
              containers: [
                {
                  name: 'samples-tf-mnist-demo',
                  image: 'mcr.microsoft.com/azuredocs/samples-tf-mnist-demo:gpu',
                  args: ['--max_steps', '500'],
                  imagePullPolicy: 'IfNotPresent',
                  resources: { limits: { 'nvidia.com/gpu': 1 } },
                },
              ],
            },
          },
        },
      });
      await on.pass(100);
      await on.ask('K02-event-taint', 'K03-pod-unschedulable-taint');
      await on.send(
        'DELETE',
        '/apis/batch/v1/namespaces/gpu-jobs/jobs/samples-tf-mnist-demo?propagationPolicy=Background',
      );
      await on.pass(1_000);
      await on.open('K11-watch-job-to-complete', 'K12-watch-pods-to-succeeded');
      await on.ask('K04-create-tf-mnist-tolerating');
      await on.pass(1_000);
      await on.createJob({ name: 'second-gpu' });
      await on.pass(1_000);
      await on.ask('K06-log-running', 'K08-pod-insufficient-gpu');
      await on.pass(4_600);
      await on.close('K11-watch-job-to-complete', 'K12-watch-pods-to-succeeded');
      await on.ask('K09-job-complete', 'K13-log-finished', 'K14-delete-foreground-complete');
      await on.pass(1_000);
      await on.ask('K15-log-after-delete');
    },
  },
  {
    name: 'F24',
    groups: ['F24'],
    programs: { 'sleep 100': { exit: { atMs: 100_000, code: 0 } } },
    play: async (on: Play): Promise<void> => {
      await on.createJob({ name: 'applied', spec: { suspend: true } });
      await on.createJob({ name: 'bg', container: { command: ['sh', '-c', 'sleep 100'] } });
      await on.pass(2_000);
      await on.ask('F24-events-k8s-io');
    },
  },
];
