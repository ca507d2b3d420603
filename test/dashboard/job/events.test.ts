import { eventsOf } from '../../../dashboard/job/events';
import { testJobId } from '../../support/rows';

test('the events of a job are in the order of time, those of the job itself among those of its attempts', () => {
  const events = eventsOf({
    id: testJobId(1),
    state: 'Failed',
    outcome: 'Failed',
    cleanup: 'gone',
    labels: {},
    source: 'http',
    logs: [],
    createdAt: '2026-01-01T00:00:00.000Z',
    endedAt: '2026-01-01T00:03:00.000Z',
    attempts: [
      {
        number: 1,
        placement: 'here',
        phase: 'archiving',
        cleanup: 'gone',
        restartCount: 0,
        logBytes: 0,
        phases: { running: '2026-01-01T00:01:00.000Z', provisioning: '2026-01-01T00:00:30.000Z' },
        removalRequestedAt: '2026-01-01T00:02:30.000Z',
        goneAt: '2026-01-01T00:04:00.000Z',
      },
    ],
  });
  expect(events.map(({ words }) => words)).toEqual([
    'submitted by http',
    'provisioning at here',
    'running at here',
    'removal asked for',
    'over: Failed',
    'gone: nothing of it exists',
  ]);
});
