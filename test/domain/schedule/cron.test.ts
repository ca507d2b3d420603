import * as fc from 'fast-check';

import { parsePattern, timesOf } from '../../../domain/schedule/cron';

function times(cron: string, from: string, to: string): string[] {
  const pattern = parsePattern(cron);
  if (typeof pattern === 'string') throw new Error(pattern);
  return [...timesOf(pattern, Date.parse(`${from}Z`), Date.parse(`${to}Z`))].map((time) =>
    new Date(time).toISOString().slice(0, 16),
  );
}

describe('five-field cron', () => {
  test.each([
    ['15 9 * * *', ['2026-03-01T09:15', '2026-03-02T09:15', '2026-03-03T09:15', '2026-03-04T09:15']],
    ['0 0,12 1 * *', ['2026-03-01T00:00', '2026-03-01T12:00']],
    ['0 8-20/6 2 3 *', ['2026-03-02T08:00', '2026-03-02T14:00', '2026-03-02T20:00']],
    ['*/30 23 4 MAR *', ['2026-03-04T23:00', '2026-03-04T23:30']],
    ['0 7 * * MON-TUE', ['2026-03-02T07:00', '2026-03-03T07:00']],
    ['0 7 * * fri-sun', ['2026-03-01T07:00']],
    ['0 7 * * 7', ['2026-03-01T07:00']],
    ['0 7 * * 0', ['2026-03-01T07:00']],
    ['0 7 3 * SUN', ['2026-03-01T07:00', '2026-03-03T07:00']],
    ['  0   7  1 * * ', ['2026-03-01T07:00']],
  ])('"%s" names %j in the first days of March 2026', (cron, expected) => {
    expect(times(cron, '2026-03-01T00:00', '2026-03-04T23:59')).toEqual(expected);
  });

  test('does not lose the first of March to a February that has no 30th, nor to one whose "30th" would be a Monday', () => {
    expect(times('0 9 1,30 * *', '2026-02-27T00:00', '2026-03-02T00:00')).toEqual(['2026-03-01T09:00']);
    expect(times('0 9 1 * 1', '2026-02-27T00:00', '2026-03-02T00:00')).toEqual(['2026-03-01T09:00']);
  });

  test('keeps to the span that it is asked about, both ends included', () => {
    expect(times('* * * * *', '2026-03-01T09:14', '2026-03-01T09:16')).toHaveLength(3);
    expect(times('0 * * * *', '2026-03-01T09:01', '2026-03-01T09:59')).toEqual([]);
  });

  test.each([
    ['61 * * * *', '"61" as minute, must be * or 0 to 59'],
    ['0 24 * * *', '"24" as hour'],
    ['0 0 0 * *', '"0" as day'],
    ['0 0 * 13 *', '"13" as month, must be * or 1 to 12 or JAN to DEC'],
    ['0 0 * * 8', '"8" as day-of-week, must be * or 0 to 7 or SUN to SAT'],
    ['1,,2 * * * *', '"" in "1,,2" as minute'],
    ['5/15 * * * *', '"5/15" as minute'],
    ['*/0 * * * *', '"*/0" as minute'],
    ['5-1 * * * *', '"5-1" as minute, which ends before it begins: ranges do not go round; write 5-59,0-1'],
    ['0 22-6 * * *', '"22-6" as hour, which ends before it begins: ranges do not go round; write 22-23,0-6'],
    [
      '0 1,22-6/2 * * *',
      '"22-6/2" in "1,22-6/2" as hour, which ends before it begins: ranges do not go round; write 22,0,2,4,6',
    ],
    ['0 0 * * SAT-MON', 'write SAT,SUN-MON'],
    ['0 0 * nov-feb *', 'write NOV-DEC,JAN-FEB'],
    ['0 0 28-3/2 * *', 'write 28,30,1,3'],
    ['0 22-6/0 * * *', '"22-6/0" as hour'],
    ['-1 * * * *', '"-1" as minute'],
    ['1.5 * * * *', '"1.5" as minute'],
    ['0 0 L * *', '"L" as day'],
    ['0 0 * * MONDAY', '"MONDAY" as day-of-week'],
    ['@daily', 'has 1 fields, must have five: minute hour day month day-of-week'],
    ['0 * * * * *', 'has 6 fields'],
    ['', 'has 0 fields'],
    ['0 0 30 2 *', 'never fires'],
    ['0 0 31 4,6,9,11 *', 'never fires'],
  ])('"%s" is refused: %s', (cron, why) => {
    expect(parsePattern(cron)).toContain(why);
  });

  test('29 February is a day, and so is any 31st of a month when a weekday is named too', () => {
    expect(typeof parsePattern('0 0 29 2 *')).toBe('object');
    expect(typeof parsePattern('0 0 31 2 1')).toBe('object');
  });

  test('any text is read or refused with a reason', () => {
    const parts = fc.constantFrom(
      '*',
      '0',
      '7',
      '31',
      '-',
      '/',
      ',',
      'MON',
      'JAN',
      ' ',
      '#',
      'L',
      '__proto__',
      '99',
      '*/5',
    );
    const texts = fc.oneof(
      fc.string(),
      fc.array(parts, { maxLength: 30 }).map((all) => all.join('')),
    );
    fc.assert(
      fc.property(texts, (text) => {
        const pattern = parsePattern(text);
        if (typeof pattern === 'string') expect(pattern.length).toBeGreaterThan(10);
        else expect(pattern.minutes.length * pattern.hours.length).toBeGreaterThan(0);
      }),
      { numRuns: 500 },
    );
  });
});

test('what is advised for a range that would go round names the very times that are meant', () => {
  const within = (most: number) => fc.integer({ min: 0, max: most });
  fc.assert(
    fc.property(within(23), within(23), fc.integer({ min: 1, max: 9 }), (from, to, step) => {
      fc.pre(from > to);
      const said = parsePattern(`0 ${from}-${to}/${step} * * *`);
      const advice = /write (\S+)$/.exec(typeof said === 'string' ? said : '')?.[1] ?? '';
      const hours = times(`0 ${advice} * * *`, '2026-03-02T00:00', '2026-03-02T23:59').map((time) =>
        Number(time.slice(11, 13)),
      );
      const meant = Array.from({ length: 24 }, (_, index) => (from + index) % 24)
        .slice(0, ((to - from + 24) % 24) + 1)
        .filter((_, index) => index % step === 0);
      expect(hours).toEqual(meant.sort((a, b) => a - b));
    }),
  );
});
