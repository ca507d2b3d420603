import { dueFire, fireKey, scheduleProblem } from '../../domain/schedule';

/** The fires, as ISO texts, that ticks at these instants see; each fire is remembered as the tick does. */
function fires(
  cron: string,
  timeZone: string,
  since: string,
  ticks: readonly string[],
): (string | undefined)[] {
  let through = Date.parse(since);
  return ticks.map((tick) => {
    const fire = dueFire({ cron, timeZone }, through, Date.parse(tick));
    through = fire ?? through;
    return fire === undefined ? undefined : new Date(fire).toISOString();
  });
}

/** Every minute from an instant on. */
function minutes(from: string, count: number): string[] {
  return Array.from({ length: count }, (_, n) => new Date(Date.parse(from) + n * 60_000).toISOString());
}

const seen = (all: (string | undefined)[]): string[] => all.filter((fire) => fire !== undefined);

describe('a schedule', () => {
  test('fires at its minute and not again', () => {
    expect(
      fires('30 2 * * *', 'UTC', '2026-03-01T00:00:00Z', [
        '2026-03-01T02:29:59.999Z',
        '2026-03-01T02:30:00Z',
        '2026-03-01T02:31:00Z',
        '2026-03-02T02:30:07Z',
      ]),
    ).toEqual([undefined, '2026-03-01T02:30:00.000Z', undefined, '2026-03-02T02:30:00.000Z']);
  });

  test('is read in its time zone', () => {
    expect(fires('0 9 * * *', 'Asia/Tokyo', '2026-03-01T00:00:00Z', ['2026-03-02T00:00:00Z'])).toEqual([
      '2026-03-02T00:00:00.000Z',
    ]);
    // New York is at UTC-5 in winter and UTC-4 in summer.
    expect(
      fires('0 9 * * *', 'America/New_York', '2026-01-01T20:00:00Z', [
        '2026-01-02T20:00:00Z',
        '2026-07-02T20:00:00Z',
      ]),
    ).toEqual(['2026-01-02T14:00:00.000Z', '2026-07-02T13:00:00.000Z']);
  });

  test('fires once on the day whose hour is skipped', () => {
    // Berlin, 29 March 2026: 02:00 becomes 03:00 (01:00 UTC).
    const ticks = minutes('2026-03-28T23:30:00Z', 24 * 60);
    expect(seen(fires('30 2 * * *', 'Europe/Berlin', '2026-03-28T23:00:00Z', ticks))).toHaveLength(1);
  });

  test('fires once on the day whose hour comes twice', () => {
    // Berlin, 25 October 2026: 03:00 becomes 02:00 (01:00 UTC).
    const ticks = minutes('2026-10-24T23:00:00Z', 24 * 60);
    expect(seen(fires('30 2 * * *', 'Europe/Berlin', '2026-10-24T22:30:00Z', ticks))).toHaveLength(1);
  });

  test('never fires an instant again, nor an earlier one, through an hour that comes twice', () => {
    const all = seen(
      fires('*/20 * * * *', 'Europe/Berlin', '2026-10-24T23:30:00Z', minutes('2026-10-24T23:30:00Z', 240)),
    );
    expect(all).toEqual([...new Set(all)].toSorted());
    expect(all).toContain('2026-10-25T00:40:00.000Z');
    expect(all.at(-1)).toBe('2026-10-25T03:20:00.000Z');
  });

  test('finds a sparse fire: 29 February', () => {
    const since = '2026-01-01T00:00:00Z';
    expect(fires('0 0 29 2 *', 'UTC', since, ['2028-02-28T23:59:00Z', '2028-02-29T00:00:30Z'])).toEqual([
      undefined,
      '2028-02-29T00:00:00.000Z',
    ]);
    expect(fires('0 0 29 2 *', 'UTC', since, ['2029-12-31T00:00:00Z'])).toEqual(['2028-02-29T00:00:00.000Z']);
  });

  test('fires once after a long downtime, for the latest fire that was missed', () => {
    expect(
      fires('* * * * *', 'UTC', '2016-01-01T00:00:00Z', ['2026-03-01T12:00:30Z', '2026-03-01T12:00:50Z']),
    ).toEqual(['2026-03-01T12:00:00.000Z', undefined]);
    expect(fires('0 4 1 * *', 'UTC', '2016-01-01T00:00:00Z', ['2026-03-31T12:00:30Z'])).toEqual([
      '2026-03-01T04:00:00.000Z',
    ]);
  });

  test('does not fire while the clock stands before what has been fired', () => {
    expect(
      fires('* * * * *', 'UTC', '2026-03-01T12:00:00Z', ['2026-03-01T11:59:00Z', '2026-03-01T12:00:59Z']),
    ).toEqual([undefined, undefined]);
  });

  test('gives each fire a key of its own', () => {
    expect(fireKey('nightly', Date.parse('2026-03-01T02:30:00Z'))).toBe(
      'schedule:nightly:2026-03-01T02:30:00.000Z',
    );
  });

  test.each([
    ['61 * * * *', 'UTC'],
    ['* * * *', 'UTC'],
    ['0 * * * * *', 'UTC'],
    ['', 'UTC'],
    ['soon', 'UTC'],
    ['0 0 * * *', 'Mars/Olympus'],
  ])('"%s" in %s has a problem, and it names both', (cron, timeZone) => {
    expect(scheduleProblem({ cron, timeZone })).toContain(
      `(cron "${cron}", time zone "${timeZone}"; five fields`,
    );
  });

  test.each([
    ['*/5 * * * *', 'UTC'],
    ['0 0 29 2 *', 'Europe/Berlin'],
    ['0 6 * * MON-FRI', 'America/New_York'],
  ])('"%s" in %s has none', (cron, timeZone) => {
    expect(scheduleProblem({ cron, timeZone })).toBeUndefined();
  });
});
