import { createUnconfiguredBackend } from '../../backends/unconfigured-backend';
import type { AttemptRow } from '../../domain/attempt/attempt';
import { advance } from '../../jobs/attempt/advance';
import { attemptIn, type TestApp, testApp, withAttempt, withCancel } from '../support/app/test-app';
import { NEW_YEAR, testJobId } from '../support/rows';

const STORY = { jobId: testJobId(1), attempt: 1, epoch: 1 };

/** An attempt whose create was sent, and whose placement was then taken out of the configuration. */
async function leftBehind(attempt: Partial<AttemptRow> = {}): Promise<TestApp> {
  const app = testApp({ placements: [], backendOf: createUnconfiguredBackend });
  await withAttempt(app, { intent: { kind: 'set', nonce: 'n', at: NEW_YEAR }, ...attempt });
  return app;
}

describe('an attempt whose placement was removed from the configuration', () => {
  test('is observed without a failure, and nothing is concluded from what can not be read', async () => {
    const app = await leftBehind({ seen: true, startShown: true, phase: 'running' });
    expect(await advance(app.ports, STORY)).toMatchObject({ next: 'look-again' });
    expect((await attemptIn(app)).verdict).toBeUndefined();
  });

  test('is given up after the provisioning deadline when no read ever showed its workload', async () => {
    const app = await leftBehind();
    app.pass(1_201);
    await advance(app.ports, STORY);
    expect((await attemptIn(app)).verdict).toMatchObject({ kind: 'failed', reason: { code: 'given-up' } });
  });

  test('ends with a cancel', async () => {
    const app = await leftBehind({ seen: true, startShown: true, phase: 'running' });
    await withCancel(app);
    await advance(app.ports, STORY);
    expect((await attemptIn(app)).verdict).toMatchObject({ kind: 'canceled' });
  });

  test('is overdue, not gone, when its removal is asked for: a person must put the placement back', async () => {
    const app = await leftBehind({
      seen: true,
      verdict: { kind: 'succeeded', exitCode: 0 },
      cleanup: 'requested',
      removalRequestedAt: NEW_YEAR,
    });
    app.pass(app.ports.times.overdueS + 1);
    await advance(app.ports, STORY);
    expect(await attemptIn(app)).toMatchObject({ cleanup: 'requested', overdueSince: app.now() });
    expect(app.logged.join()).toContain('outlives its removal');
  });

  test('is not listed, so only its deletes are left out', async () => {
    await expect(createUnconfiguredBackend('eastus').list('owner')).rejects.toThrow(
      'Put it back into GPU_JOBS_PLACEMENTS',
    );
  });
});
