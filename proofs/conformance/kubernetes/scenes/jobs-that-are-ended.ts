// Groups L12 to L14, L16, L17, L19, L25, L28: Jobs and pods that are ended by a deadline or on request.
import type { Play, Scene } from '../scene';

const RUNNERS_JOBS = '/apis/batch/v1/namespaces/gpu-jobs/jobs';
const SLEEP = (seconds: number): { exit: { atMs: number; code: number } } => ({
  exit: { atMs: seconds * 1_000, code: 0 },
});

const DEADLINE = 'trap "echo got TERM; exit 0" TERM; echo started; while true; do sleep 1; done';
const RUNNING = 'trap "echo got TERM; sleep 1; exit 143" TERM; echo up; while true; do sleep 1; done';
const CUT = 'trap "echo got TERM; exit 0" TERM; i=0; while true; do echo line $i; i=$((i+1)); sleep 1; done';

export const JOBS_THAT_ARE_ENDED: readonly Scene[] = [
  {
    name: 'L12',
    groups: ['L12-'],
    programs: {
      [DEADLINE]: {
        prints: [{ atMs: 0, text: 'started\n' }],
        onTerm: { text: 'got TERM\n', afterMs: 300, code: 0 },
      },
    },
    play: async (on: Play): Promise<void> => {
      await on.open('L12-04-watch-job', 'L12-05-watch-pods');
      await on.ask('L12-01-create');
      await on.pass(5_500);
      await on.close('L12-04-watch-job', 'L12-05-watch-pods');
      await on.ask('L12-02-job-final', 'L12-03-pods-final', 'L12-06-events-job', 'L12-07-events-pod');
    },
  },
  {
    name: 'L13',
    groups: ['L13-'],
    times: () => ({ startMs: 600, noticeMs: 300 }),
    programs: { 'echo hi': { prints: [{ atMs: 0, text: 'hi\n' }], exit: { atMs: 1, code: 0 } } },
    play: async (on: Play): Promise<void> => {
      await on.open('L13-02-watch-job', 'L13-03-watch-pods');
      await on.ask('L13-01-create');
      await on.pass(6_300);
      await on.close('L13-02-watch-job', 'L13-03-watch-pods');
    },
  },
  {
    name: 'L14',
    groups: ['L14-'],
    programs: { 'echo run; sleep 60': { prints: [{ atMs: 0, text: 'run\n' }], ...SLEEP(60) } },
    play: async (on: Play): Promise<void> => {
      await on.open('L14-07-watch-job', 'L14-08-watch-pods');
      await on.ask('L14-01-create-suspended');
      await on.pass(1_000);
      await on.ask('L14-02-get-suspended');
      await on.pass(1_000);
      await on.ask('L14-03-resume');
      await on.pass(2_000);
      await on.ask('L14-05-suspend-running');
      await on.pass(1_500);
      await on.ask('L14-06-get-suspended-again');
      await on.close('L14-07-watch-job', 'L14-08-watch-pods');
      await on.ask('L14-09-events');
    },
  },
  {
    name: 'L16',
    groups: ['L16-'],
    programs: {
      'busybox:local': { exit: { atMs: 3_000, code: 0 } },
      [RUNNING]: {
        prints: [{ atMs: 0, text: 'up\n' }],
        onTerm: { text: 'got TERM\n', afterMs: 1_900, code: 143 },
      },
    },
    play: async (on: Play): Promise<void> => {
      await on.open('L16-11-watch-job', 'L16-12-watch-pods');
      await on.createJob({
        name: 'running',
        pod: { terminationGracePeriodSeconds: 3 },
        container: { command: ['sh', '-c', RUNNING] },
      });
      await on.pass(1_200);
      await on.ask('L16-01-pod-running', 'L16-02-job-running');
      await on.createJob({ name: 'waiting-gpu' });
      await on.pass(100);
      await on.ask('L16-03-pod-insufficient-gpu', 'L16-04-events-insufficient-gpu');
      await on.ask('L16-05-delete-foreground-running');
      await on.ask('L16-07-pod-terminating', 'L16-08-log-terminating', 'L16-09-create-same-name');
      await on.ask('L16-10-delete-again');
      await on.pass(4_000);
      await on.close('L16-11-watch-job', 'L16-12-watch-pods');
      await on.ask('L16-13-waiting-got-gpu', 'L16-14-events-after');
    },
  },
  {
    name: 'L17',
    groups: ['L17-'],
    programs: {
      'sleep 100': SLEEP(100),
      'echo orphan': { prints: [{ atMs: 0, text: 'orphan\n' }], exit: { atMs: 1, code: 0 } },
    },
    play: async (on: Play): Promise<void> => {
      await on.open('L17-04-watch-job', 'L17-05-watch-pods');
      await on.createJob({
        name: 'bg',
        pod: { terminationGracePeriodSeconds: 2 },
        container: { command: ['sh', '-c', 'sleep 100'] },
      });
      await on.pass(1_000);
      await on.ask('L17-01-delete-background-running', 'L17-02-get');
      await on.pass(3_200);
      await on.close('L17-04-watch-job', 'L17-05-watch-pods');
      await on.createJob({ name: 'orph', container: { command: ['sh', '-c', 'echo orphan'] } });
      await on.pass(4_000);
      await on.ask('L17-06-delete-default-complete');
      await on.pass(100);
      await on.ask('L17-07-pods-orphaned', 'L17-08-delete-pod');
    },
  },
  {
    name: 'L19',
    groups: ['L19-'],
    times: (pod) => (pod === 1 ? { sandboxMs: 0 } : {}),
    programs: {
      'sleep 6; echo done': { prints: [{ atMs: 6_000, text: 'done\n' }], exit: { atMs: 6_001, code: 0 } },
    },
    play: async (on: Play): Promise<void> => {
      await on.open('L19-05-watch-job', 'L19-06-watch-pods');
      await on.ask('L19-01-create');
      await on.pass(1_200);
      await on.ask('L19-02-delete-pod');
      await on.pass(20_000);
      await on.close('L19-05-watch-job', 'L19-06-watch-pods');
      await on.ask('L19-03-job-final', 'L19-07-events-job');
    },
  },
  {
    name: 'L25',
    groups: ['L25-'],
    programs: {
      [CUT]: {
        prints: Array.from({ length: 60 }, (_, line) => ({ atMs: line * 1_002, text: `line ${line}\n` })),
        onTerm: { text: 'got TERM\n', afterMs: 100, code: 0 },
      },
    },
    play: async (on: Play): Promise<void> => {
      await on.createJob({ name: 'cut', container: { command: ['sh', '-c', CUT] } });
      await on.pass(900);
      await on.open('L25-01-log-follow-through-delete');
      await on.pass(3_500);
      await on.send('DELETE', `${RUNNERS_JOBS}/cut?propagationPolicy=Foreground`);
      await on.pass(3_000);
      await on.close('L25-01-log-follow-through-delete');
      await on.ask('L25-02-log-after');
    },
  },
  {
    name: 'L28',
    groups: ['L28-'],
    programs: { 'echo started; sleep 100': { prints: [{ atMs: 0, text: 'started\n' }], ...SLEEP(100) } },
    play: async (on: Play): Promise<void> => {
      await on.open('L28-05-watch-pods');
      await on.createJob({
        name: 'pod-deadline',
        pod: { terminationGracePeriodSeconds: 1, activeDeadlineSeconds: 3 },
        container: { command: ['sh', '-c', 'echo started; sleep 100'] },
      });
      await on.pass(8_100);
      await on.close('L28-05-watch-pods');
      await on.ask('L28-01-job', 'L28-02-pods', 'L28-03-log', 'L28-04-events');
    },
  },
];
