import type { AttemptRow } from '../../../domain/attempt/attempt';
import type { JobRow } from '../../../domain/job/job';
import { jobSummary, jobSummarySchema } from '../../../domain/lists/job-summary';
import { jobUsage } from '../../../domain/lists/job-usage';
import { costOf } from '../../../domain/money/cost';
import type { JobRecords } from '../../../domain/ports/job-store';
import { attemptRow, jobRow, NEW_YEAR } from '../../support/rows';

const MINUTE = 60_000;

function records(job: Partial<JobRow>, ...attempts: AttemptRow[]): JobRecords {
  return {
    job: {
      row: jobRow({ state: 'over', outcome: 'Succeeded', overAt: NEW_YEAR + 90 * MINUTE, ...job }),
      etag: '',
    },
    cancel: undefined,
    attempts: attempts.map((row) => ({ row, etag: '' })),
  };
}

/** Ran for half an hour, beginning so many minutes after submission. */
function ran(after: number, over: Partial<AttemptRow> = {}): AttemptRow {
  const startedAt = NEW_YEAR + after * MINUTE;
  return attemptRow({
    cleanup: 'gone',
    startedAt,
    endedAt: startedAt + 30 * MINUTE,
    cost: costOf(30 * MINUTE, [{ of: 'V100', perHour: 3, quantity: 1 }]),
    ...over,
  });
}

test('a job that is over and gone tells what all its attempts used', () => {
  const two = records({}, ran(10), ran(50, { number: 2, gpu: { count: 4, sku: 'T4' } }));
  expect(jobUsage(two)).toEqual({
    startedAt: '2026-01-01T00:10:00.000Z',
    runSeconds: 3_600,
    gpuSeconds: 1_800 + 4 * 1_800,
    cost: { currency: 'USD', amount: 3 },
  });
  const summary = jobSummary(two);
  expect(summary.usage).toEqual(jobUsage(two));
  expect(JSON.parse(JSON.stringify(jobSummarySchema.parse(summary)))).toEqual(summary);
});

test('nothing is told while it may still change: the job goes on, or something of it stands', () => {
  expect(jobUsage(records({ state: 'active', outcome: undefined }, ran(10)))).toBeUndefined();
  expect(jobUsage(records({}, ran(10, { cleanup: 'requested' }), ran(50, { number: 2 })))).toBeUndefined();
});

test('an unknown cost stays unknown, and is no nought', () => {
  const usage = jobUsage(records({}, ran(10), ran(50, { number: 2, cost: undefined })));
  expect(usage).toEqual({ startedAt: '2026-01-01T00:10:00.000Z', runSeconds: 3_600, gpuSeconds: 3_600 });
});

test('an attempt that never started used nothing, beside one that did', () => {
  const refused = attemptRow({ cleanup: 'gone' });
  expect(jobUsage(records({}, refused, ran(50, { number: 2 })))).toEqual({
    startedAt: '2026-01-01T00:50:00.000Z',
    runSeconds: 1_800,
    gpuSeconds: 1_800,
    cost: { currency: 'USD', amount: 1.5 },
  });
});

test('a job without an attempt used nothing, and that cost nothing', () => {
  expect(jobUsage(records({ outcome: 'Canceled' }))).toEqual({
    runSeconds: 0,
    gpuSeconds: 0,
    cost: { currency: 'USD', amount: 0 },
  });
});

test('a program whose end no look showed ran until its workload was gone', () => {
  const goneAt = NEW_YEAR + 70 * MINUTE;
  expect(jobUsage(records({}, ran(10, { endedAt: undefined, goneAt })))?.runSeconds).toBe(3_600);
});
