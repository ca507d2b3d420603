import { fireKey, runKey, scheduleProblem, scheduleSchema } from '../../../domain/schedule/schedule';

const FIRE = Date.parse('2026-03-01T02:30:00Z');

describe('a schedule', () => {
  test('has defaults for all but name, cron and spec', () => {
    expect(scheduleSchema.parse({ name: 'nightly', cron: '30 2 * * *', spec: {} })).toEqual({
      name: 'nightly',
      cron: '30 2 * * *',
      timeZone: 'UTC',
      spec: {},
      overlap: 'allow',
      catchUp: 'skip',
    });
  });

  test.each(['Nightly', '-nightly', 'nightly-', 'a_b', '', 'a/b', 'a'.repeat(64)])(
    'cannot be called %j',
    (name) => {
      expect(scheduleSchema.safeParse({ name, cron: '* * * * *', spec: {} }).success).toBe(false);
    },
  );

  test('gives each fire a key of its own, and so does each incarnation and each run', () => {
    const keys = [
      fireKey('nightly', '', FIRE),
      fireKey('nightly', '', FIRE + 60_000),
      fireKey('nightly', 'a', FIRE),
      fireKey('nightly', 'b', FIRE),
      fireKey('hourly', '', FIRE),
      runKey('nightly', '', 'k'),
      runKey('nightly', 'a', 'k'),
      runKey('nightly', '', 'l'),
    ];
    expect(new Set(keys).size).toBe(keys.length);
    expect(keys[0]).toBe('schedule:nightly:2026-03-01T02:30:00.000Z');
  });

  test.each([
    ['61 * * * *', 'UTC', 'cron has "61" as minute'],
    ['* * * *', 'UTC', 'cron has 4 fields, must have five'],
    ['0 0 * * *', 'Mars/Olympus', 'timeZone is "Mars/Olympus", must be'],
  ])('"%s" in %s has a problem that names the field: %s', (cron, timeZone, problem) => {
    expect(scheduleProblem({ cron, timeZone })).toContain(problem);
  });

  test('"0 6 * * MON-FRI" in New York has none', () => {
    expect(scheduleProblem({ cron: '0 6 * * MON-FRI', timeZone: 'America/New_York' })).toBeUndefined();
  });
});
