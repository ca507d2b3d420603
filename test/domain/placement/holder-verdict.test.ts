import type { AttemptRow } from '../../../domain/attempt/attempt';
import type { JobRow } from '../../../domain/job/job';
import { mayLeave } from '../../../domain/placement/holder-verdict';
import type { JobRecords } from '../../../domain/ports/job-store';
import { attemptRow, jobRow } from '../../support/rows';

function records(job: Partial<JobRow>, attempt?: Partial<AttemptRow>): JobRecords {
  return {
    job: { row: jobRow(job), etag: '1' },
    cancel: undefined,
    attempts: attempt === undefined ? [] : [{ row: attemptRow(attempt), etag: '2' }],
  };
}

describe('a name leaves its placement', () => {
  test('when its attempt is gone', () => {
    expect(mayLeave('eastus', 1, records({ state: 'active', attempt: 1 }, { cleanup: 'gone' }))).toBe(true);
  });

  test('when its attempt was placed elsewhere', () => {
    expect(mayLeave('eastus', 1, records({ state: 'active', attempt: 1 }, { placement: 'westus2' }))).toBe(
      true,
    );
  });

  test('when the job is over without that attempt', () => {
    expect(mayLeave('eastus', 1, records({ state: 'over', attempt: 0 }))).toBe(true);
    expect(mayLeave('eastus', 2, records({ state: 'over', attempt: 1 }, { cleanup: 'gone' }))).toBe(true);
  });

  test.each(['none', 'due', 'requested'] as const)(
    'not while the cleanup is %s, the job over or not',
    (cleanup) => {
      expect(mayLeave('eastus', 1, records({ state: 'active', attempt: 1 }, { cleanup }))).toBe(false);
      expect(mayLeave('eastus', 1, records({ state: 'over', attempt: 1 }, { cleanup }))).toBe(false);
    },
  );

  test('not while its job waits: the process that finishes that admission finds the name', () => {
    expect(mayLeave('eastus', 1, records({ state: 'waiting', attempt: 0 }))).toBe(false);
    expect(mayLeave('eastus', 2, records({ state: 'waiting', attempt: 1 }, { cleanup: 'gone' }))).toBe(false);
  });

  test('not because a job has no row', () => {
    expect(mayLeave('eastus', 1, undefined)).toBe(false);
  });
});
