import type { Services } from '../../../app/services';
import { health } from '../../../functions/http/health';
import { type TestApp, testApp } from '../../support/app/test-app';

async function asked(
  app: TestApp,
  logged: unknown[] = [],
): Promise<{ status: number | undefined; body: unknown }> {
  const context = { invocationId: 'invocation 1', error: (...args: unknown[]) => void logged.push(...args) };
  const answer = await health(app.ports as unknown as Services, context); // It reads only these ports.
  return { status: answer.status, body: answer.jsonBody };
}

describe('the health of a deployment', () => {
  test('is good while the last good sweep is five minutes old at most', async () => {
    const app = testApp();
    await app.ports.control.noteGoodSweep(app.now());
    app.pass(300);
    expect(await asked(app)).toMatchObject({
      status: 200,
      body: { status: 'healthy', draining: false, lastGoodSweepAgeSeconds: 300 },
    });
  });

  test('answers 503 when it is older: no sweep runs', async () => {
    const app = testApp();
    await app.ports.control.noteGoodSweep(app.now());
    app.pass(301);
    expect(await asked(app)).toMatchObject({
      status: 503,
      body: { status: 'not swept', lastGoodSweep: '2026-01-01T00:00:00.000Z' },
    });
  });

  test('answers 503 when there was none yet', async () => {
    expect(await asked(testApp())).toMatchObject({
      status: 503,
      body: { status: 'not swept', lastGoodSweep: null, lastGoodSweepAgeSeconds: null },
    });
  });

  test('tells the id by which the watchdog finds this deployment’s workloads', async () => {
    const app = testApp();
    expect(await asked(app)).toMatchObject({ body: { owner: (await app.ports.owner.get()).id } });
  });

  test('answers 503 when the storage can not be reached, and tells the reason to the log alone', async () => {
    const app = testApp();
    app.ports.control.read = () => Promise.reject(new Error('ENOTFOUND account.table.core.windows.net'));
    const logged: unknown[] = [];
    expect(await asked(app, logged)).toEqual({
      status: 503,
      body: {
        status: 'storage unreachable',
        detail: "The app's log tells why, by the invocation id invocation 1.",
      },
    });
    expect(logged).toEqual(["Storage can't be reached: ENOTFOUND account.table.core.windows.net"]);
  });
});
