// Groups L24 and L27: pods that the cluster itself ends, by preemption, eviction and a full volume.
import { z } from 'zod';

import type { Play, Scene } from '../scene';

const RUNNERS_JOBS = '/apis/batch/v1/namespaces/gpu-jobs/jobs';
const SLEEP = (seconds: number): { exit: { atMs: number; code: number } } => ({
  exit: { atMs: seconds * 1_000, code: 0 },
});

export const DISRUPTIONS: readonly Scene[] = [
  {
    name: 'L24',
    groups: ['L24-'],
    times: (pod) => (pod === 0 ? { sandboxMs: 0 } : {}),
    programs: { 'sleep 30': SLEEP(30), 'sleep 10': SLEEP(10), 'sleep 20': SLEEP(20) },
    play: async (on: Play): Promise<void> => {
      await on.send('POST', '/apis/scheduling.k8s.io/v1/priorityclasses', {
        apiVersion: 'scheduling.k8s.io/v1',
        kind: 'PriorityClass',
        metadata: { name: 'urgent' },
        value: 1000,
      });
      await on.open('L24-08-watch-job', 'L24-09-watch-pods');
      const ignore = {
        rules: [{ action: 'Ignore', onPodConditions: [{ type: 'DisruptionTarget', status: 'True' }] }],
      };
      await on.createJob({
        name: 'low',
        spec: { backoffLimit: 1, podFailurePolicy: ignore },
        pod: { terminationGracePeriodSeconds: 2 },
        container: { command: ['sh', '-c', 'sleep 30'] },
      });
      await on.pass(2_000);
      await on.createJob({
        name: 'high',
        pod: { priorityClassName: 'urgent', terminationGracePeriodSeconds: 2 },
        container: { command: ['sh', '-c', 'sleep 10'] },
      });
      await on.pass(700);
      await on.ask('L24-01-pod-preempted', 'L24-02-events-preempted');
      await on.pass(4_000);
      await on.ask('L24-03-job-after-preemption');
      await on.send('DELETE', `${RUNNERS_JOBS}/high?propagationPolicy=Background`);
      await on.pass(10_000);
      await on.ask('L24-04-evict', 'L24-05-pod-evicted');
      await on.pass(24_000);
      await on.close('L24-08-watch-job', 'L24-09-watch-pods');
    },
  },
  {
    name: 'L24-07',
    groups: ['L24-07'],
    programs: { 'sleep 20': SLEEP(20) },
    play: async (on: Play): Promise<void> => {
      await on.createJob({
        name: 'pdb',
        labels: { app: 'pdb' },
        container: { command: ['sh', '-c', 'sleep 20'] },
      });
      await on.send('POST', '/apis/policy/v1/namespaces/gpu-jobs/poddisruptionbudgets', {
        apiVersion: 'policy/v1',
        kind: 'PodDisruptionBudget',
        metadata: { name: 'hold' },
        spec: { minAvailable: 1, selector: { matchLabels: { 'job-name': 'pdb' } } },
      });
      await on.pass(2_000);
      await on.ask('L24-07-evict-429');
    },
  },
  {
    name: 'L27',
    groups: ['L27-'],
    programs: {
      'echo writing; dd if=/dev/zero of=/scratch/f bs=1M count=8 2>/dev/null; sleep 120': {
        prints: [{ atMs: 0, text: 'writing\n' }],
        ...SLEEP(120),
      },
    },
    play: async (on: Play): Promise<void> => {
      await on.open('L27-05-watch-pods');
      await on.createJob({
        name: 'evicted',
        pod: {
          terminationGracePeriodSeconds: 1,
          volumes: [{ name: 'scratch', emptyDir: { sizeLimit: '1Mi' } }],
        },
        container: {
          volumeMounts: [{ name: 'scratch', mountPath: '/scratch' }],
          command: [
            'sh',
            '-c',
            'echo writing; dd if=/dev/zero of=/scratch/f bs=1M count=8 2>/dev/null; sleep 120',
          ],
        },
      });
      await on.pass(8_000);
      const [pod] = namesIn(await on.send('GET', '/api/v1/namespaces/gpu-jobs/pods'));
      await on.fault('evict', {
        namespace: 'gpu-jobs',
        pod,
        message: 'Usage of EmptyDir volume "scratch" exceeds the limit "1Mi". ',
      });
      await on.pass(3_100);
      await on.close('L27-05-watch-pods');
      await on.ask('L27-01-job', 'L27-02-pods', 'L27-03-log', 'L27-04-events');
    },
  },
];

function namesIn(list: unknown): string[] {
  const named = z.object({ items: z.array(z.object({ metadata: z.object({ name: z.string() }) })) });
  return named.parse(list).items.map(({ metadata }) => metadata.name);
}
