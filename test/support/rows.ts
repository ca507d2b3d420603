// Rows to start a test from: valid and small, with the test's own values written over them.
import { admittedAttempt, type AttemptRow } from '../../domain/attempt/attempt';
import type { CancelRow, JobRow } from '../../domain/job/job';

/** An instant to count from: 2026-01-01T00:00:00Z. */
export const NEW_YEAR = 1_767_225_600_000;

/** A job id of the right form that reads as `n`. */
export function testJobId(n: number | string): string {
  return `j${String(n).padStart(19, '0')}`;
}

/** A job just submitted. */
export function jobRow(over: Partial<JobRow> = {}): JobRow {
  return {
    jobId: testJobId(1),
    state: 'waiting',
    attempt: 0,
    owner: 'owner0000000',
    specHash: 'a'.repeat(64),
    notBefore: NEW_YEAR,
    submittedAt: NEW_YEAR,
    eventSent: false,
    source: 'http',
    labels: { team: 'vision' },
    plan: {
      placements: ['eastus'],
      gpu: { count: 1, sku: 'V100' },
      resources: { cpu: 1, memoryGb: 1.5 },
      deadlines: { queued: 86_400, provisioning: 1_200, pulling: 1_800, running: 86_400, archiving: 300 },
      retry: { attempts: 3, rerunAfterStart: false, exitCodes: [] },
    },
    failedPlacements: [],
    ...over,
  };
}

/** An attempt just admitted. */
export function attemptRow(over: Partial<AttemptRow> = {}): AttemptRow {
  const admitted = admittedAttempt({
    jobId: testJobId(1),
    number: 1,
    placement: 'eastus',
    facts: { kind: 'aci', region: 'eastus' },
    now: NEW_YEAR,
    promiseMs: 60_000,
  });
  return { ...admitted, ...over };
}

export function cancelRow(over: Partial<CancelRow> = {}): CancelRow {
  return { jobId: testJobId(1), at: NEW_YEAR, by: 'person', ...over };
}
