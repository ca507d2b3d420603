import { dayAndTime, until } from '../../dashboard/frame/fire-times';

const FIRE = Date.parse('2026-10-25T00:30:00.000Z');

test('a fire is told by the clock of the zone that is asked for, through a change of its clock', () => {
  expect(dayAndTime(FIRE, 'UTC')).toBe('Sun 25 Oct, 00:30');
  expect(dayAndTime(FIRE, 'Europe/Berlin')).toBe('Sun 25 Oct, 02:30');
  expect(dayAndTime(FIRE + 3_600_000, 'Europe/Berlin')).toBe('Sun 25 Oct, 02:30');
  expect(dayAndTime(FIRE, 'America/Los_Angeles')).toBe('Sat 24 Oct, 17:30');
});

test('how long until then is told, and "now" for what is due', () => {
  expect(until(FIRE, FIRE - 5_400_000)).toBe('in 1 h 30 min');
  expect(until(FIRE, FIRE)).toBe('now');
  expect(until(FIRE, FIRE + 60_000)).toBe('now');
});
