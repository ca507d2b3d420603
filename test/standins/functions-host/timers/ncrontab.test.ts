import { parseSchedule } from '../../../../standins/functions-host/timers/ncrontab';

const after = (expression: string, from: string, count = 1): string[] => {
  const schedule = parseSchedule(expression);
  const found: number[] = [];
  for (let at = Date.parse(from); found.length < count;) found.push((at = schedule.next(at)));
  return found.map((at) => new Date(at).toISOString().replace('.000Z', 'Z'));
};

test.each([
  ['0 * * * * *', '2026-11-22T00:00:00.001Z', ['2026-11-22T00:01:00Z']],
  ['0 * * * * *', '2026-11-22T00:00:59.999Z', ['2026-11-22T00:01:00Z']],
  ['0 */5 * * * *', '2026-11-22T00:05:00Z', ['2026-11-22T00:10:00Z', '2026-11-22T00:15:00Z']],
  [
    '10/20 * * * * *',
    '2026-11-22T00:00:00Z',
    ['2026-11-22T00:00:10Z', '2026-11-22T00:00:30Z', '2026-11-22T00:00:50Z'],
  ],
  ['*/15 8-9 * * *', '2026-11-22T09:30:00Z', ['2026-11-22T09:45:00Z', '2026-11-23T08:00:00Z']],
  ['0 0 9 * * mon-FRI', '2026-11-20T09:00:00Z', ['2026-11-23T09:00:00Z']],
  ['0 0 0 1 jan,Jul *', '2026-02-01T00:00:00Z', ['2026-07-01T00:00:00Z', '2027-01-01T00:00:00Z']],
  ['0 0 0 29 2 *', '2026-01-01T00:00:00Z', ['2028-02-29T00:00:00Z']],
])('%s after %s', (expression, from, expected) => {
  expect(after(expression, from, expected.length)).toEqual(expected);
});

test('a day must satisfy both its day and its day of week, unlike in cron', () => {
  expect(after('0 0 0 13 * 5', '2026-11-22T00:00:00Z')).toEqual(['2027-08-13T00:00:00Z']);
});

test.each([
  ['* * * *', '4 fields instead of six'],
  ['0 0 0 0 * *', '"0" is no day'],
  ['60 * * * * *', '"60" is no second'],
  ['0 0 0 * * 7', '"7" is no day of week'],
  ['0 9-8 * * * *', '"9-8" is no minute'],
  ['0 */0 * * * *', '"*/0" is no minute'],
  ['0 0 0 L * *', '"L" is no day'],
  ['0 0 0 ? * *', '"?" is no day'],
  ['0 0 0 * * 5#2', '"5#2" is no day of week'],
  ['0 0 0 * foo *', '"foo" is no month'],
  ['0 1,, * * * *', '"" is no minute'],
  ['00:05:00', 'time spans are not offered'],
  ['@daily', '1 fields instead of six'],
])('%s is refused: %s', (expression, reason) => {
  expect(() => parseSchedule(expression)).toThrow(reason);
});

test('a schedule that never occurs says so instead of a time', () => {
  expect(() => parseSchedule('0 0 0 30 2 *').next(0)).toThrow('it never occurs');
});

test.each([
  ['0 * * * * *', true],
  ['*/10 * * * * *', false],
  ['0,30 * * * * *', false],
  ['*/10 5 * * * *', true],
])('the status of %s is kept: %s', (expression, kept) => {
  expect(parseSchedule(expression).isMonitored(Date.parse('2026-11-22T00:00:00.500Z'))).toBe(kept);
});
