import type { JobView } from '../../../api/jobs';
import { jobEvent } from '../../../api/views/job-event';
import { jobView } from '../../../api/views/job-view';
import type { AttemptRow } from '../../../domain/attempt/attempt';
import { reason } from '../../../domain/job/failure-reason';
import type { JobRow } from '../../../domain/job/job';
import { intended } from '../../support/attempts';
import { jobRow, NEW_YEAR, testJobId } from '../../support/rows';

function view(job: Partial<JobRow>, ...attempts: AttemptRow[]): JobView {
  return jobView({
    job: { row: jobRow(job), etag: '1' },
    cancel: undefined,
    attempts: attempts.map((row) => ({ row, etag: '2' })),
  });
}

describe('a job as its user sees it', () => {
  test('waits as Queued, before its first attempt and between two', () => {
    expect(view({})).toEqual({
      id: testJobId(1),
      state: 'Queued',
      cleanup: 'none',
      attempts: [],
      gpu: { count: 1, sku: 'V100' },
      labels: { team: 'vision' },
      source: 'http',
      deadlines: { queued: 86_400, provisioning: 1_200, pulling: 1_800, running: 86_400, archiving: 300 },
      createdAt: '2026-01-01T00:00:00.000Z',
      logs: [],
    });
    expect(
      view({ state: 'waiting', attempt: 1 }, intended({ phase: 'archiving', cleanup: 'gone' })).state,
    ).toBe('Queued');
  });

  test.each([
    ['provisioning', 'Provisioning'],
    ['pulling', 'Pulling'],
    ['running', 'Running'],
    ['archiving', 'Archiving'],
  ] as const)('is, while active, in the phase of its current attempt: %s', (phase, state) => {
    const first = intended({ phase: 'archiving', cleanup: 'gone' });
    expect(view({ state: 'active', attempt: 2 }, first, intended({ number: 2, phase })).state).toBe(state);
  });

  test('is its outcome once it is over, whatever is still being removed', () => {
    const verdict = { kind: 'failed', exitCode: 3, reason: reason('exit-code', 'exit 3') } as const;
    const row = intended({
      verdict,
      cleanup: 'requested',
      phase: 'archiving',
      logBytes: 7,
      startedAt: NEW_YEAR + 1_000,
      endedAt: NEW_YEAR + 2_000,
      removalRequestedAt: NEW_YEAR + 3_000,
    });
    const over = {
      state: 'over',
      attempt: 1,
      outcome: 'Failed',
      exitCode: 3,
      reason: verdict.reason,
      overAt: NEW_YEAR + 4_000,
      name: 'n',
    } as const;
    expect(view(over, row)).toMatchObject({
      name: 'n',
      state: 'Failed',
      outcome: 'Failed',
      exitCode: 3,
      reason: { code: 'exit-code', class: 'user' },
      cleanup: 'requested',
      endedAt: '2026-01-01T00:00:04.000Z',
      logs: [`/api/jobs/${testJobId(1)}/logs?attempt=1`],
      attempts: [
        {
          number: 1,
          placement: 'eastus',
          phase: 'archiving',
          exitCode: 3,
          reason: { code: 'exit-code' },
          startedAt: '2026-01-01T00:00:01.000Z',
          endedAt: '2026-01-01T00:00:02.000Z',
          removalRequestedAt: '2026-01-01T00:00:03.000Z',
          cleanup: 'requested',
        },
      ],
    });
  });

  test('tells what the workload of an attempt waits for, and since when', () => {
    const lacking = { ...reason('capacity', 'No node has room.'), since: NEW_YEAR + 5_000 };
    expect(view({ state: 'active', attempt: 1 }, intended({ lacking }))).toMatchObject({
      state: 'Provisioning',
      attempts: [
        {
          lacking: {
            code: 'capacity',
            class: 'infrastructure',
            message: 'No node has room.',
            since: '2026-01-01T00:00:05.000Z',
          },
        },
      ],
    });
  });

  test('shows a removal that takes too long as overdue until it is done', () => {
    const overdueSince = NEW_YEAR;
    expect(view({ attempt: 1 }, intended({ cleanup: 'requested', overdueSince })).cleanup).toBe('overdue');
    expect(view({ attempt: 1 }, intended({ cleanup: 'gone', overdueSince })).cleanup).toBe('gone');
  });

  test('announces its end in an event with the same id, whichever process sends it', () => {
    const over = view({ state: 'over', outcome: 'Succeeded', overAt: NEW_YEAR + 4_000 });
    expect(jobEvent(over, 'owner1')).toEqual({
      specversion: '1.0',
      id: `${testJobId(1)}-Succeeded`,
      type: 'gpu-job-runner.job.ended',
      source: '/gpu-job-runner/owner1',
      subject: testJobId(1),
      time: '2026-01-01T00:00:04.000Z',
      datacontenttype: 'application/json',
      data: over,
    });
  });
});
