import {
  type JobProgress,
  newProgress,
  withJob,
  withLog,
} from '../../../../standins/stack/demo/job-progress';
import { renderLive } from '../../../../standins/stack/demo/live-view';
import { paintFor } from '../../../../standins/stack/demo/paint';
import { plainLines } from '../../../../standins/stack/demo/plain-view';
import { after, exampleAttempt, exampleJob, SUBMITTED_AT } from './example-job';

const submitted = newProgress('training', 'queue', '1 × V100');
const running = withLog(
  withJob(
    submitted,
    exampleJob({
      state: 'Running',
      attempts: [exampleAttempt({ phases: { provisioning: after(100), running: after(900) } })],
    }),
  ),
  14,
  'one\ntwo\nthree\nfour\nfi',
);
const over = withJob(
  running,
  exampleJob({
    state: 'Failed',
    outcome: 'Failed',
    exitCode: 3,
    cleanup: 'gone',
    endedAt: after(2000),
    attempts: [
      exampleAttempt({ cleanup: 'gone', phases: { provisioning: after(100), running: after(900) } }),
    ],
  }),
);

/** The same, had it run in that placement. */
function at(placement: string, progress: JobProgress): JobProgress {
  const { job } = progress;
  if (job === undefined) throw new Error('It was never found.');
  return withJob(progress, { ...job, attempts: job.attempts.map((attempt) => ({ ...attempt, placement })) });
}

describe('the live view', () => {
  const render = (jobs: Parameters<typeof renderLive>[0]['jobs'], columns = 80): string =>
    renderLive({ jobs, now: SUBMITTED_AT + 3000, columns, paint: paintFor(false) });

  test('shows states with their times and the last finished lines of the log', () => {
    expect(render([running]).split('\n').slice(1)).toEqual([
      '  Queued 0.1 › Provisioning 0.8 › Running 2.1 s',
      '  │ two',
      '  │ three',
      '  │ four',
    ]);
  });

  test('ends with outcome, exit code and what became of the group', () => {
    expect(render([over]).split('\n').slice(0, 2)).toEqual([
      '✘ training  by queue     1 × V100  Failed, exit 3, group gone',
      '  Queued 0.1 › Provisioning 0.8 › Running 1.1 s',
    ]);
  });

  test('shows under the states who refused the job, cut at the width of the terminal', () => {
    const passedOver = [{ placement: 'local-container-apps', why: `offers no ${'x'.repeat(60)}` }];
    const refused = withJob(running, { ...exampleJob(running.job), passedOver });
    expect(render([refused]).split('\n')[2]).toBe(
      `  local-container-apps was passed over: it offers no ${'x'.repeat(22)}…`,
    );
  });

  test('names a job that has not been found yet', () => {
    expect(render([submitted])).toContain('submitted');
  });

  test('cuts log lines at the width of the terminal', () => {
    const wide = withLog(running, 101, `${'x'.repeat(100)}\n`);
    const last = render([wide], 40).split('\n').at(-1);
    expect(last).toBe(`  │ fi${'x'.repeat(29)}…`);
  });

  test('stays as it is without colours and is painted with them', () => {
    expect(render([running])).not.toContain('\u001b[');
    expect(renderLive({ jobs: [running], now: SUBMITTED_AT, columns: 80, paint: paintFor(true) })).toContain(
      '\u001b[',
    );
  });
});

describe('the plain view', () => {
  const told = (before: typeof submitted, now: typeof submitted): readonly string[] =>
    plainLines(before, now, 8, 1234).map((line) => line.replace(' 1.2 s  training  ', ''));

  test('prints each state once, including those between two looks, then the new lines of the log', () => {
    expect(told(submitted, running)).toEqual([
      'job j0000000000000000001, submitted by queue',
      'Queued',
      'Provisioning  local-eastus',
      'Running',
      '│ one',
      '│ two',
      '│ three',
      '│ four',
    ]);
    expect(told(running, running)).toEqual([]);
  });

  test('prints the ending after the log', () => {
    expect(told(running, over)).toEqual(['Failed, exit code 3', 'container group gone']);
  });

  test.each([
    ['local-kubernetes', 'Job gone'],
    ['local-container-apps', 'definition gone'],
    ['local-westeurope', 'container group gone'],
  ])('says in the word of %s what is gone', (placement, gone) => {
    expect(told(running, at(placement, over)).at(-1)).toBe(gone);
  });

  test('says where the job is, with which GPU, and why not where it was asked for first', () => {
    const gpu = { count: 1, sku: 'T4', insteadOf: 'K80' };
    const job = exampleJob({
      passedOver: [{ placement: 'local-container-apps', why: 'offers no 2 × K80' }],
      attempts: [
        exampleAttempt({ placement: 'local-kubernetes', gpu, phases: { provisioning: after(100) } }),
      ],
    });
    expect(told(submitted, withJob(submitted, job)).slice(2)).toEqual([
      'Provisioning  local-kubernetes, 1 × T4 (instead of K80)',
      'local-container-apps was passed over: it offers no 2 × K80',
    ]);
    expect(told(withJob(submitted, job), withJob(submitted, job))).toEqual([]);
  });

  test('begins each line with time and title', () => {
    expect(plainLines(running, over, 10, 61_234)[0]).toBe('61.2 s  training    Failed, exit code 3');
  });
});
