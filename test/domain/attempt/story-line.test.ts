import type { AttemptRow } from '../../../domain/attempt/attempt';
import { attemptDrivenBy, type StoryLine, storyLine } from '../../../domain/attempt/story-line';
import type { JobRow } from '../../../domain/job/job';
import type { Settlement } from '../../../domain/job/settlement';
import type { JobRecords } from '../../../domain/ports/job-store';
import { intended } from '../../support/attempts';
import { attemptRow, jobRow, testJobId } from '../../support/rows';

const SUCCEEDED = { verdict: { kind: 'succeeded', exitCode: 0 } } as const;
const OVER: Settlement = { kind: 'over', outcome: 'Succeeded' };
const WAIT: Settlement = { kind: 'wait' };
const ACTIVE: Partial<JobRow> = { state: 'active', attempt: 1 };

function records(job: Partial<JobRow>, attempt: AttemptRow): JobRecords {
  return {
    job: { row: jobRow(job), etag: '1' },
    cancel: undefined,
    attempts: [{ row: attempt, etag: '2' }],
  };
}

describe('the line of the story that applies', () => {
  test.each<[StoryLine['kind'], string, Partial<JobRow>, AttemptRow, Settlement]>([
    ['create', 'nothing was tried', ACTIVE, attemptRow(), WAIT],
    ['observe', 'an intent is set', ACTIVE, intended(), WAIT],
    ['archive', 'there is a verdict', ACTIVE, intended(SUCCEEDED), OVER],
    ['request-removal', 'the removal is due', ACTIVE, intended({ ...SUCCEEDED, cleanup: 'due' }), OVER],
    ['settle', 'the removal is requested', ACTIVE, intended({ ...SUCCEEDED, cleanup: 'requested' }), OVER],
    ['settle', 'the workload is gone', ACTIVE, intended({ ...SUCCEEDED, cleanup: 'gone' }), OVER],
    ['remove', 'the requeue must wait', ACTIVE, intended({ ...SUCCEEDED, cleanup: 'requested' }), WAIT],
    [
      'announce',
      'the job is over, its event not sent',
      { state: 'over', attempt: 1 },
      intended({ ...SUCCEEDED, cleanup: 'requested' }),
      OVER,
    ],
    [
      'announce',
      'the same when gone',
      { state: 'over', attempt: 1 },
      intended({ ...SUCCEEDED, cleanup: 'gone' }),
      OVER,
    ],
    [
      'remove',
      'the job is over and announced',
      { state: 'over', attempt: 1, eventSent: true },
      intended({ ...SUCCEEDED, cleanup: 'requested' }),
      OVER,
    ],
    [
      'remove',
      'the job waits for its next attempt',
      { state: 'waiting', attempt: 1 },
      intended({ ...SUCCEEDED, cleanup: 'requested' }),
      OVER,
    ],
    [
      'remove',
      'the job has gone on to another attempt',
      { state: 'active', attempt: 2 },
      intended({ ...SUCCEEDED, cleanup: 'requested' }),
      OVER,
    ],
    [
      'finished',
      'another attempt is current and this one gone',
      { state: 'over', attempt: 2 },
      intended({ ...SUCCEEDED, cleanup: 'gone' }),
      OVER,
    ],
    [
      'finished',
      'gone, settled, announced',
      { state: 'over', attempt: 1, eventSent: true },
      intended({ ...SUCCEEDED, cleanup: 'gone' }),
      OVER,
    ],
    [
      'finished',
      'gone, the job waits',
      { state: 'waiting', attempt: 1 },
      intended({ ...SUCCEEDED, cleanup: 'gone' }),
      OVER,
    ],
  ])('is %s when %s', (line, _when, job, attempt, settlement) => {
    expect(storyLine(records(job, attempt), attempt, settlement).kind).toBe(line);
  });

  test('is none for a story of another epoch or of an attempt that is not there', () => {
    const rows = records(ACTIVE, attemptRow({ epoch: 2 }));
    const story = { jobId: testJobId(1), attempt: 1, epoch: 2 };
    expect(attemptDrivenBy(rows, story)?.etag).toBe('2');
    expect(attemptDrivenBy(rows, { ...story, epoch: 1 })).toBeUndefined();
    expect(attemptDrivenBy(rows, { ...story, epoch: 3 })).toBeUndefined();
    expect(attemptDrivenBy(rows, { ...story, attempt: 2 })).toBeUndefined();
    expect(attemptDrivenBy(undefined, story)).toBeUndefined();
  });
});
