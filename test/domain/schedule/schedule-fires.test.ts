import {
  firesBetween,
  isQuiet,
  latestFire,
  nextFires,
  timingProblem,
} from '../../../domain/schedule/schedule-fires';

const at = (text: string): number => Date.parse(text);
const iso = (fires: readonly (number | undefined)[]): (string | undefined)[] =>
  fires.map((fire) => (fire === undefined ? undefined : new Date(fire).toISOString().slice(0, 16)));

/** The fires as ISO texts in UTC, without seconds. */
function fires(cron: string, timeZone: string, after: string, upTo: string): (string | undefined)[] {
  return iso(firesBetween({ cron, timeZone }, at(`${after}Z`), at(`${upTo}Z`)));
}

describe('a schedule fires', () => {
  test('after the instant asked about, up to and with the other', () => {
    expect(fires('30 2 * * *', 'UTC', '2026-03-01T02:30', '2026-03-02T02:30')).toEqual(['2026-03-02T02:30']);
    expect(fires('30 2 * * *', 'UTC', '2026-03-01T02:30', '2026-03-02T02:29:59.999')).toEqual([]);
    expect(fires('* * * * *', 'UTC', '2026-03-01T02:31', '2026-03-01T02:30')).toEqual([]);
  });

  test('by its own zone: New York is five hours behind in winter, four in summer', () => {
    expect(fires('0 9 * * *', 'America/New_York', '2026-01-02T00:00', '2026-01-03T00:00')).toEqual([
      '2026-01-02T14:00',
    ]);
    expect(fires('0 9 * * *', 'America/New_York', '2026-07-02T00:00', '2026-07-03T00:00')).toEqual([
      '2026-07-02T13:00',
    ]);
  });
});

// Berlin, 29 March 2026: 02:00 becomes 03:00 (01:00 UTC).
describe('when an hour is skipped', () => {
  const berlin = (cron: string): (string | undefined)[] =>
    fires(cron, 'Europe/Berlin', '2026-03-29T00:30', '2026-03-29T02:30');

  test('a time in it fires as much later: 02:30 at 03:30', () => {
    expect(berlin('30 2 * * *')).toEqual(['2026-03-29T01:30']);
    expect(berlin('*/20 2 * * *')).toEqual(['2026-03-29T01:00', '2026-03-29T01:20', '2026-03-29T01:40']);
  });

  test('a fire that meets another there is one fire', () => {
    expect(berlin('30 2,3 * * *')).toEqual(['2026-03-29T01:30']);
  });

  test('every hour and every twenty minutes go on as if nothing were', () => {
    expect(berlin('0 * * * *')).toEqual(['2026-03-29T01:00', '2026-03-29T02:00']);
    expect(berlin('*/20 * * * *')).toHaveLength(6);
  });

  test('a midnight that does not exist fires at one: Santiago', () => {
    expect(fires('0 0 * * *', 'America/Santiago', '2026-09-06T00:00', '2026-09-06T12:00')).toEqual([
      '2026-09-06T04:00',
    ]);
  });

  test('a day that does not exist fires on the next, once: Apia, 30 December 2011', () => {
    expect(fires('0 9 * * *', 'Pacific/Apia', '2011-12-29T00:00', '2012-01-01T00:00')).toEqual([
      '2011-12-29T19:00',
      '2011-12-30T19:00',
      '2011-12-31T19:00',
    ]);
  });
});

// Berlin, 25 October 2026: 03:00 becomes 02:00 (01:00 UTC).
describe('when an hour comes twice', () => {
  const berlin = (cron: string): (string | undefined)[] =>
    fires(cron, 'Europe/Berlin', '2026-10-24T23:30', '2026-10-25T02:30');

  test('a time in it fires the first time only', () => {
    expect(berlin('30 2 * * *')).toEqual(['2026-10-25T00:30']);
    expect(berlin('*/20 2 * * *')).toEqual(['2026-10-25T00:00', '2026-10-25T00:20', '2026-10-25T00:40']);
  });

  test('every hour and every twenty minutes go on through both', () => {
    expect(berlin('0 * * * *')).toEqual(['2026-10-25T00:00', '2026-10-25T01:00', '2026-10-25T02:00']);
    expect(berlin('*/20 * * * *')).toHaveLength(9);
  });
});

describe('looking for fires', () => {
  const leapDay = { cron: '0 0 29 2 *', timeZone: 'Europe/Berlin' };

  test('finds the next ones, busy or sparse', () => {
    const busy = { cron: '* * * * *', timeZone: 'UTC' };
    expect(iso(nextFires(busy, at('2026-01-01T00:00Z'), 3))).toEqual([
      '2026-01-01T00:01',
      '2026-01-01T00:02',
      '2026-01-01T00:03',
    ]);
    expect(iso(nextFires(leapDay, at('2026-01-01T00:00Z'), 3))).toEqual([
      '2028-02-28T23:00',
      '2032-02-28T23:00',
      '2036-02-28T23:00',
    ]);
  });

  test('finds the latest one, however far back one may look', () => {
    const busy = { cron: '* * * * *', timeZone: 'UTC' };
    expect(iso([latestFire(busy, 0, at('2026-01-01T00:00:30Z'))])).toEqual(['2026-01-01T00:00']);
    expect(iso([latestFire(leapDay, at('2000-01-01T00:00Z'), at('2027-01-01T00:00Z'))])).toEqual([
      '2024-02-28T23:00',
    ]);
    expect(latestFire(leapDay, at('2025-01-01T00:00Z'), at('2027-01-01T00:00Z'))).toBeUndefined();
  });

  test('tells quiet spans from others in any order of asking', () => {
    const hourly = { cron: '0 * * * *', timeZone: 'Europe/London' };
    const asked: [string, string, boolean][] = [
      ['2026-01-01T00:00Z', '2026-01-01T00:59:59Z', true],
      ['2026-01-01T00:30Z', '2026-01-01T01:00Z', false],
      ['2026-01-01T05:00Z', '2026-01-01T05:59Z', true],
      ['2025-12-31T23:30Z', '2026-01-01T00:00Z', false],
      ['2026-01-01T00:00Z', '2026-01-01T00:00Z', true],
      ['2026-01-01T00:30Z', '2026-01-01T00:59Z', true],
    ];
    for (const [after, upTo, quiet] of asked)
      expect([after, isQuiet(hourly, at(after), at(upTo))]).toEqual([after, quiet]);
  });
});

test('an unknown zone and an invalid pattern give different errors', () => {
  expect(timingProblem({ cron: '0 0 * * *', timeZone: 'Mars/Olympus' })?.field).toBe('timeZone');
  expect(timingProblem({ cron: '0 0 * *', timeZone: 'UTC' })?.field).toBe('cron');
  expect(timingProblem({ cron: '0 0 * * *', timeZone: 'Europe/Berlin' })).toBeUndefined();
});
