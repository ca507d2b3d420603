// Group K and F24: a GPU node and the first Jobs on it. The recorder's node was kwok's, which runs nothing.
import { z } from 'zod';

import { startKwok } from '../kwok';
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

const RUNNERS_JOBS = '/apis/batch/v1/namespaces/gpu-jobs/jobs';
const MNIST = 'samples-tf-mnist-demo';

/** The documented sample, which tolerates no taint. */
const UNTOLERATING = {
  apiVersion: 'batch/v1',
  kind: 'Job',
  metadata: { name: MNIST, labels: { app: MNIST } },
  spec: {
    template: {
      metadata: { labels: { app: MNIST } },
      spec: {
        restartPolicy: 'OnFailure',
        containers: [
          {
            name: MNIST,
            image: 'mcr.microsoft.com/azuredocs/samples-tf-mnist-demo:gpu',
            args: ['--max_steps', '500'],
            imagePullPolicy: 'IfNotPresent',
            resources: { limits: { 'nvidia.com/gpu': 1 } },
          },
        ],
      },
    },
  },
};

/** The sample, which tolerates the taint of the GPU pool. */
const TOLERATING = {
  ...UNTOLERATING,
  spec: {
    template: {
      ...UNTOLERATING.spec.template,
      spec: {
        ...UNTOLERATING.spec.template.spec,
        tolerations: [{ key: 'sku', operator: 'Equal', value: 'gpu', effect: 'NoSchedule' }],
      },
    },
  },
};

/** Whose pod the recordings call by a name that only events tell. */
async function earlierJob(on: Play): Promise<void> {
  await on.send('POST', RUNNERS_JOBS, UNTOLERATING);
  await on.pass(100);
  await on.meetPods();
  await on.send('DELETE', `${RUNNERS_JOBS}/${MNIST}?propagationPolicy=Background`);
  await on.pass(1_000);
}

export const NODE: readonly Scene[] = [
  {
    name: 'K, earlier Jobs',
    groups: ['K02'],
    nodes: 0,
    suffixes: ['z6c2q', 'xpqv9', 'pxppr', 'rlpf4', 'lxn25', 'ccccc', 'dxkxj'],
    play: async (on: Play): Promise<void> => {
      const waits = async (job: unknown, ms: number): Promise<void> => {
        await on.send('POST', RUNNERS_JOBS, job);
        await on.pass(ms);
      };
      const goes = async (name: string): Promise<void> => {
        await on.send('DELETE', `${RUNNERS_JOBS}/${name}?propagationPolicy=Background`);
        await on.pass(500);
      };
      await waits(UNTOLERATING, 5_000);
      await goes(MNIST);
      await startKwok(on, true);
      await waits(UNTOLERATING, 500);
      await goes(MNIST);
      await waits(TOLERATING, 500);
      await on.createJob({ name: 'second-gpu' });
      await on.pass(500);
      await goes('second-gpu');
      await on.send('PATCH', `/api/v1/namespaces/gpu-jobs/pods/${MNIST}-pxppr/status`, {
        status: { phase: 'Succeeded' },
      });
      await on.pass(1_500);
      await goes(MNIST);
      await waits(UNTOLERATING, 500);
      await goes(MNIST);
      await on.createJob({ name: 'holds-the-gpu' });
      await waits(TOLERATING, 500);
      await on.ask('K02-event-taint');
    },
  },
  {
    name: 'K, the Job and its pods',
    groups: ['K'],
    nodes: 0,
    play: async (on: Play): Promise<void> => {
      const kwok = await startKwok(on, true);
      await on.ask('K01-node');
      await on.send('POST', RUNNERS_JOBS, UNTOLERATING);
      await on.pass(100);
      await on.ask('K03-pod-unschedulable-taint');
      await on.send('DELETE', `${RUNNERS_JOBS}/${MNIST}?propagationPolicy=Background`);
      await on.pass(1_000);
      await on.open('K11-watch-job-to-complete', 'K12-watch-pods-to-succeeded');
      await on.ask('K04-create-tf-mnist-tolerating');
      await on.pass(500);
      await kwok.write(MNIST, 'created');
      await on.pass(700);
      await kwok.write(MNIST, 'ready');
      await on.createJob({ name: 'second-gpu' });
      await on.pass(100);
      await on.ask('K08-pod-insufficient-gpu');
      await on.pass(2_900);
      await kwok.write(MNIST, 'complete');
      await on.pass(1_800);
      await on.close('K11-watch-job-to-complete', 'K12-watch-pods-to-succeeded');
      await on.ask('K09-job-complete', 'K14-delete-foreground-complete');
    },
  },
  {
    name: 'K, the log',
    groups: ['K'],
    programs: {
      'mcr.microsoft.com/azuredocs/samples-tf-mnist-demo:gpu': {
        prints: PRINTED.map((text, index) => ({ atMs: index, text })),
        exit: { atMs: 3_000, code: 0 },
      },
    },
    play: async (on: Play): Promise<void> => {
      await earlierJob(on);
      await on.send('POST', RUNNERS_JOBS, TOLERATING);
      await on.pass(2_000);
      await on.ask('K06-log-running');
      await on.pass(4_600);
      await on.ask('K13-log-finished');
      await on.send('DELETE', `${RUNNERS_JOBS}/${MNIST}?propagationPolicy=Foreground`);
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
      // The recorder's namespace had so many events that the first two left 302 (F24); here most are made for that.
      const present = eventsIn(await on.send('GET', EVENTS));
      for (let made = present; made < 304; made += 1) await on.send('POST', EVENTS, laterEvent(made));
      await on.ask('F24-events-k8s-io');
    },
  },
];

const EVENTS = '/api/v1/namespaces/gpu-jobs/events';

function eventsIn(list: unknown): number {
  return z.object({ items: z.array(z.unknown()) }).parse(list).items.length;
}

/** Its name stands behind those of the Jobs. */
function laterEvent(number: number): unknown {
  return {
    apiVersion: 'v1',
    kind: 'Event',
    metadata: { name: `other.${number}` },
    involvedObject: { kind: 'Job', namespace: 'gpu-jobs', name: 'other', apiVersion: 'batch/v1' },
    reason: 'Suspended',
    message: 'Job suspended',
    type: 'Normal',
    source: { component: 'job-controller' },
  };
}
