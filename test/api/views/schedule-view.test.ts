import { scheduleViewSchema } from '../../../api/schedules';
import { scheduleView } from '../../../api/views/schedule-view';
import { scheduleSchema } from '../../../domain/schedule/schedule';
import { NEW_YEAR } from '../../support/rows';
import { scheduleRow } from '../../support/schedule-rows';

const nightly = scheduleSchema.parse({
  name: 'nightly',
  cron: '30 2 * * *',
  timeZone: 'Europe/Berlin',
  spec: { image: 'a', env: { TOKEN: { secure: 'open sesame' }, PLAIN: 'x' } },
});

test('a schedule shows its next fires, what waits and what was last', () => {
  const row = scheduleRow({
    pending: { fireAt: NEW_YEAR, since: NEW_YEAR + 1 },
    last: { fireAt: NEW_YEAR - 1000, at: NEW_YEAR, action: 'missed', detail: 'nobody was there' },
  });
  const view = scheduleView({ schedule: nightly, origin: 'api', stored: { row, etag: '1' } }, NEW_YEAR);
  expect(scheduleViewSchema.parse(view)).toEqual(view);
  expect(view).toMatchObject({
    origin: 'api',
    overlap: 'allow',
    catchUp: 'skip',
    paused: false,
    next: ['2026-01-01T01:30:00.000Z', '2026-01-02T01:30:00.000Z', '2026-01-03T01:30:00.000Z'],
    waiting: { fireAt: '2026-01-01T00:00:00.000Z', since: '2026-01-01T00:00:00.001Z' },
    last: { fireAt: '2025-12-31T23:59:59.000Z', at: '2026-01-01T00:00:00.000Z', action: 'missed' },
  });
});

test('a paused schedule has no next fires, one that begins later has them after that', () => {
  const paused = { row: scheduleRow({ paused: true }), etag: '1' };
  expect(scheduleView({ schedule: nightly, origin: 'api', stored: paused }, NEW_YEAR).next).toEqual([]);
  const later = { ...nightly, from: '2026-07-01T00:00:00Z' };
  expect(scheduleView({ schedule: later, origin: 'settings' }, NEW_YEAR).next[0]).toBe(
    '2026-07-01T00:30:00.000Z',
  );
});

test('a literal secret in a setting is not shown', () => {
  const text = JSON.stringify(scheduleView({ schedule: nightly, origin: 'settings' }, NEW_YEAR));
  expect(text).not.toContain('open sesame');
  expect(text).toContain('"PLAIN":"x"');
});
