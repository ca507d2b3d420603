// Groups L1 to L6 and L20 to L23: Jobs whose program ends by itself, on a real kubelet.
import type { Play, Program, Scene } from '../scene';

/** Long enough for the recorder to see the end and the finalizer go. */
const AFTER_END_MS = 4_000;

/** The recordings of one Job, from its create to its last answer, by the recorder's own pattern of ids. */
interface WholeJob {
  readonly group: string;
  readonly times?: Scene['times'];
  readonly before?: (on: Play) => Promise<void>;
  readonly watches: readonly string[];
  readonly create: string;
  readonly ms: number;
  readonly afterwards: readonly string[];
}

async function playWhole(on: Play, job: WholeJob): Promise<void> {
  const { group, watches, create, ms, afterwards } = job;
  await job.before?.(on);
  const ids = (names: readonly string[]): string[] => names.map((name) => `${group}-${name}`);
  await on.open(...ids(watches));
  await on.ask(`${group}-${create}`);
  await on.pass(ms);
  await on.close(...ids(watches));
  await on.ask(...ids(afterwards));
}

/**
 * The recorder had eight Jobs of the same name before, three of which came to their end; L1-06 lists their events.
 * Whole seconds go by, because the program's lines come at recorded parts of a second.
 */
async function earlierJobs(on: Play): Promise<void> {
  const jobs = '/apis/batch/v1/namespaces/gpu-jobs/jobs';
  const name = 'samples-tf-mnist-demo';
  for (const completes of [false, false, true, false, false, false, true, true]) {
    const pod = completes ? {} : { nodeSelector: { accelerator: 'none' } };
    await on.createJob({ name, pod, container: { name } });
    await on.pass(6_000);
    await on.meetPods();
    await on.send('DELETE', `${jobs}/${name}?propagationPolicy=Background`);
    await on.pass(1_000);
  }
}

/** The end was seen before the Job controller looked at the start. */
const NOTICED_SOON: Scene['times'] = () => ({ startMs: 600, noticeMs: 300 });

function wholeJob(job: WholeJob, programs: Readonly<Record<string, Program>>): Scene {
  const { group, times } = job;
  return {
    name: group,
    groups: [`${group}-`],
    programs,
    ...(times && { times }),
    play: (on) => playWhole(on, job),
  };
}

/** As in L1-11; the first line comes at the recorded part of a second, which decides what sinceTime cuts off. */
const MNIST: Program = {
  prints: [
    {
      atMs: 130,
      text: '2026-01-01 00:00:00.000: I tensorflow/core/common_runtime/gpu/gpu_device.cc:1030] Found device 0 with properties:\n',
    },
    ...Array.from({ length: 10 }, (_, index) => ({
      atMs: 130 + index * 202,
      text: `Accuracy at step ${index * 50}: ${(0.9 + index * 0.005).toFixed(4)}\n`,
    })),
    { atMs: 2_148, text: 'Adding run metadata for 499\n' },
  ],
  exit: { atMs: 2_330, code: 0 },
};

export const JOBS_THAT_END: readonly Scene[] = [
  wholeJob(
    {
      group: 'L1',
      before: earlierJobs,
      watches: ['04-watch-job', '05-watch-pods'],
      create: '01-create',
      ms: 6_000,
      afterwards: [
        ...['02-job-final', '03-pods-final', '06-events-job', '07-events-pod', '10-log', '11-log-timestamps'],
        ...['12-log-tail', '13-log-tail0', '14-log-limitbytes', '15-log-limitbytes-ts', '16-log-sincetime'],
        ...['17-log-sincetime-seconds', '18-log-sinceseconds', '19-log-tail-limit', '20-log-previous'],
        ...['21-log-follow-finished', '22-log-stream-stderr', '24-log-insecure'],
      ],
    },
    { 'mcr.microsoft.com/azuredocs/samples-tf-mnist-demo:gpu': MNIST },
  ),
  {
    name: 'L2',
    groups: ['L2-'],
    programs: {
      'for i in 1 2 3 4 5; do echo line $i; sleep 1; done; echo err >&2; exit 0': {
        prints: [
          ...[1, 2, 3, 4, 5].map((line) => ({ atMs: (line - 1) * 1_005, text: `line ${line}\n` })),
          { atMs: 5_024, text: 'err\n' },
        ],
        exit: { atMs: 5_025, code: 0 },
      },
    },
    play: async (on: Play): Promise<void> => {
      await on.open('L2-04-watch-pods');
      await on.createJob({
        name: 'follow',
        container: {
          command: ['sh', '-c', 'for i in 1 2 3 4 5; do echo line $i; sleep 1; done; echo err >&2; exit 0'],
        },
      });
      await on.pass(200);
      await on.ask('L2-01-log-containercreating');
      await on.pass(1_000);
      await on.open('L2-02-log-follow');
      await on.pass(5_000 + AFTER_END_MS);
      await on.close('L2-02-log-follow', 'L2-04-watch-pods');
    },
  },
  wholeJob(
    {
      group: 'L3',
      watches: ['04-watch-job', '05-watch-pods'],
      create: '01-create',
      ms: AFTER_END_MS,
      afterwards: ['02-job-final', '03-pods-final', '06-events-job', '07-events-pod', '08-log'],
    },
    {
      'echo before; echo bad >&2; exit 3': {
        prints: [{ atMs: 0, text: 'before\nbad\n' }],
        exit: { atMs: 1, code: 3 },
      },
    },
  ),
  wholeJob(
    {
      group: 'L5',
      watches: ['04-watch-job', '05-watch-pods'],
      create: '01-create',
      ms: 14_500,
      afterwards: ['02-job-final', '03-pods-final', '06-events-job'],
    },
    { 'echo try; exit 1': { prints: [{ atMs: 0, text: 'try\n' }], exit: { atMs: 1, code: 1 } } },
  ),
  wholeJob(
    {
      group: 'L6',
      watches: ['04-watch-job', '05-watch-pods'],
      create: '01-create',
      ms: 18_000,
      afterwards: ['02-job-final', '03-pods-final', '06-events-job', '07-events-pod'],
    },
    {
      'echo try $(date +%s); sleep 1; exit 1': {
        prints: [{ atMs: 0, text: 'try 1767225600\n' }],
        exit: { atMs: 1_003, code: 1 },
      },
    },
  ),
  wholeJob(
    {
      group: 'L20',
      watches: ['04-watch-job'],
      create: '01-create',
      ms: AFTER_END_MS,
      afterwards: ['03-pods-final', '06-events-job', '07-events-pod', '08-log'],
    },
    {
      "head -c 40000 /dev/zero | tr '\\0' x; echo; printf 'no newline at end'": {
        prints: [{ atMs: 0, text: `${'x'.repeat(40_000)}\nno newline at end` }],
        exit: { atMs: 1, code: 0 },
      },
    },
  ),
  wholeJob(
    {
      group: 'L21',
      watches: ['05-watch-pods'],
      create: '01-create',
      ms: AFTER_END_MS,
      afterwards: ['03-pods-final', '06-events-job', '07-events-pod'],
    },
    // Kubernetes takes `$$` for a dollar sign: what runs is `kill -9 $`, which fails.
    { 'kill -9 $': { exit: { atMs: 1, code: 1 } } },
  ),
  wholeJob(
    {
      group: 'L22',
      watches: ['05-watch-pods'],
      create: '01-create',
      ms: AFTER_END_MS,
      afterwards: ['03-pods-final', '06-events-job', '07-events-pod'],
    },
    {
      'echo tail-of-log; echo final words > /dev/termination-log; exit 7': {
        prints: [{ atMs: 0, text: 'tail-of-log\n' }],
        termination: 'final words\n',
        exit: { atMs: 1, code: 7 },
      },
    },
  ),
  wholeJob(
    {
      group: 'L23',
      // The sandbox of the second pod went first.
      times: (pod) => ({ startMs: 600, noticeMs: 300, ...(pod === 1 && { teardownMs: 900 }) }),
      watches: ['04-watch-job', '05-watch-pods'],
      create: '01-create',
      ms: AFTER_END_MS,
      afterwards: ['02-job-final', '03-pods-final', '06-events-job'],
    },
    {
      'echo index $JOB_COMPLETION_INDEX': {
        prints: [{ atMs: 0, text: 'index\n' }],
        exit: { atMs: 1, code: 0 },
      },
    },
  ),
  wholeJob(
    {
      group: 'L15',
      times: NOTICED_SOON,
      watches: ['04-watch-job', '05-watch-pods'],
      create: '01-create',
      ms: AFTER_END_MS,
      afterwards: ['02-job-final', '03-pods-final', '06-events-job', '07-events-pod'],
    },
    { 'exit 42': { exit: { atMs: 1, code: 42 } } },
  ),
  wholeJob(
    {
      group: 'L4',
      times: NOTICED_SOON,
      watches: ['04-watch-job', '05-watch-pods'],
      create: '01-create',
      ms: 5_500,
      afterwards: ['03-pods-final', '07-events-pod'],
    },
    {
      'dd if=/dev/zero of=/dev/null bs=300M count=1; tail /dev/zero': {
        exit: { atMs: 500, code: 137 },
        outOfMemory: true,
      },
    },
  ),
];
