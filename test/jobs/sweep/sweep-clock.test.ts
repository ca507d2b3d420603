import { sweep } from '../../../jobs/sweep/sweep';
import { listed } from '../../support/app/listed-workloads';

const TWO_HOURS_S = 7_200;

describe('the clock of a host', () => {
  // The bound is a fifth of the minute that makes an absence certain. The server's time comes in whole seconds.
  test.each([
    ['ahead', 14, true],
    ['ahead', 12, false],
    ['behind', -13, true],
    ['behind', -12, false],
  ])('that is %s by %d s raises an alarm: %s', async (way, seconds, isAlarmed) => {
    const app = await listed();
    app.backend.serverTime = app.now() - seconds * 1000;
    await sweep(app.ports);
    expect(app.logged.some((line) => line.includes(`ALARM: the clock of this host`))).toBe(isAlarmed);
    if (isAlarmed) expect(app.logged.join()).toContain(`${way === 'ahead' ? 'ahead of' : way} the service's`);
  });

  test('of a person who sweeps may be any', async () => {
    const app = await listed();
    app.pass(TWO_HOURS_S);
    await sweep(app.ports, { clockIsKept: false });
    expect(app.logged).toEqual([]);
  });

  test('is not blamed for a list that took long', async () => {
    const app = await listed();
    app.backend.meanwhile = (asked) => {
      if (asked.startsWith('list')) app.pass(40);
    };
    await sweep(app.ports);
    expect(app.logged).toEqual([]);
  });
});
