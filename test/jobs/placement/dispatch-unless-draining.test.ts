import { dispatchUnlessDraining } from '../../../jobs/placement/dispatch-unless-draining';
import { rowsOf, type TestApp, testApp, withCancel } from '../../support/app/test-app';
import { holders, withWaiting } from '../../support/app/waiting-jobs';
import { testJobId } from '../../support/rows';

const DAY_S = 86_400;

async function draining(): Promise<TestApp> {
  const app = testApp();
  await withWaiting(app, 1);
  app.pass(1);
  await app.ports.control.setDraining(true);
  return app;
}

async function outcome(app: TestApp): Promise<string | undefined> {
  return (await rowsOf(app, testJobId(1))).job.row.outcome;
}

describe('the dispatcher of a deployment that drains', () => {
  test('admits nothing and takes no place', async () => {
    const app = await draining();
    expect(await dispatchUnlessDraining(app.ports)).toEqual({ admitted: 0, waiting: 1 });
    expect(await holders(app)).toEqual([]);
    expect(app.starter.started).toEqual([]);
  });

  test('still ends a waiting job that was canceled', async () => {
    const app = await draining();
    await withCancel(app);
    await dispatchUnlessDraining(app.ports);
    expect(await outcome(app)).toBe('Canceled');
  });

  test('still ends a waiting job whose deadline has passed', async () => {
    const app = await draining();
    app.pass(DAY_S);
    await dispatchUnlessDraining(app.ports);
    expect(await outcome(app)).toBe('TimedOut');
  });

  test('admits what waits when the draining ends', async () => {
    const app = await draining();
    await dispatchUnlessDraining(app.ports);
    await app.ports.control.setDraining(false);
    expect(await dispatchUnlessDraining(app.ports)).toEqual({ admitted: 1, waiting: 0 });
  });

  test('admits nothing while it can not be read whether it drains', async () => {
    const app = await draining();
    app.ports.control.read = () => Promise.reject(new Error('the store is away'));
    await expect(dispatchUnlessDraining(app.ports)).rejects.toThrow('away');
    expect(await holders(app)).toEqual([]);
  });
});
