import { jobViewSchema } from '../../../api/jobs';
import { jobView } from '../../../api/views/job-view';
import type { AttemptRow } from '../../../domain/attempt/attempt';
import { reason } from '../../../domain/job/failure-reason';
import type { JobRow } from '../../../domain/job/job';
import { jobSummary, jobSummarySchema } from '../../../domain/lists/job-summary';
import type { JobRecords } from '../../../domain/ports/job-store';
import { attemptRow, jobRow, NEW_YEAR, testJobId } from '../../support/rows';

function records(job: Partial<JobRow>, ...attempts: AttemptRow[]): JobRecords {
  return {
    job: { row: jobRow(job), etag: '' },
    cancel: undefined,
    attempts: attempts.map((row) => ({ row, etag: '' })),
  };
}

const FAILED = records(
  {
    state: 'over',
    outcome: 'Failed',
    reason: reason('exit-code', 'exit 3'),
    exitCode: 3,
    attempt: 2,
    overAt: NEW_YEAR + 1_000,
    name: 'train',
    schedule: 'nightly',
  },
  attemptRow({ cleanup: 'gone' }),
  attemptRow({
    number: 2,
    placement: 'westus2',
    cleanup: 'requested',
    gpu: { count: 1, sku: 'T4', insteadOf: 'V100' },
  }),
);

test('a job in a list tells its latest attempt only', () => {
  expect(jobSummary(FAILED)).toEqual({
    id: testJobId(1),
    name: 'train',
    state: 'Failed',
    outcome: 'Failed',
    reason: { code: 'exit-code', class: 'user', message: 'exit 3' },
    exitCode: 3,
    cleanup: 'requested',
    attempt: 2,
    placement: 'westus2',
    gpu: { count: 1, sku: 'T4' },
    labels: { team: 'vision' },
    schedule: 'nightly',
    createdAt: '2026-01-01T00:00:00.000Z',
    endedAt: '2026-01-01T00:00:01.000Z',
  });
});

test('a job that waits tells what it asked for', () => {
  expect(jobSummary(records({}))).toEqual({
    id: testJobId(1),
    state: 'Queued',
    cleanup: 'none',
    attempt: 0,
    gpu: { count: 1, sku: 'V100' },
    labels: { team: 'vision' },
    createdAt: '2026-01-01T00:00:00.000Z',
  });
});

test('a summary and a view say the same of state and cleanup, and fit what the API promises', () => {
  for (const one of [
    records({}),
    FAILED,
    records({ state: 'active', attempt: 1 }, attemptRow({ phase: 'pulling' })),
  ]) {
    const [summary, view] = [jobSummary(one), jobView(one)];
    expect([summary.state, summary.cleanup]).toEqual([view.state, view.cleanup]);
    expect(jobSummarySchema.parse(summary)).toEqual(summary);
    expect(jobViewSchema.parse(view)).toEqual(view);
    expect(JSON.parse(JSON.stringify(summary))).toEqual(summary);
  }
});

test('a job whose workload waits tells for what, and not the words of it', () => {
  const lacking = { ...reason('quota', 'exceeded quota: gpus'), since: NEW_YEAR };
  const summary = jobSummary(records({ state: 'active', attempt: 1 }, attemptRow({ lacking })));
  expect(summary).toMatchObject({ state: 'Provisioning', lacks: 'quota' });
  expect(JSON.stringify(summary)).not.toContain('exceeded');
  expect(jobSummarySchema.parse(summary)).toEqual(summary);
});
