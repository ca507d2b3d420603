import { RetryableError } from '../../../domain/errors';
import type { Observation } from '../../../domain/ports/compute-backend';
import { advance } from '../../../jobs/attempt/advance';
import type { StepResult } from '../../../orchestrations/activity-contract';
import { attemptIn, rowsOf, type TestApp, testApp, withAttempt } from '../../support/app/test-app';
import { ABSENT, present } from '../../support/attempts';
import { testJobId } from '../../support/rows';

const JOB = testJobId(1);
const NAME = `${JOB}-1`;
const STORY = { jobId: JOB, attempt: 1, epoch: 1 };

async function admitted(): Promise<TestApp> {
  const app = testApp();
  await withAttempt(app);
  app.backend.log = { kind: 'window', bytes: Buffer.from('done\n'), whole: true };
  return app;
}

/** What one step answers, and what it asked the platform for. */
async function step(app: TestApp, shown: Observation): Promise<[StepResult['next'], ...string[]]> {
  const asked = app.backend.asked.length;
  app.backend.looks = [shown];
  const { next } = await advance(app.ports, STORY);
  return [next, ...app.backend.asked.slice(asked)];
}

describe('a story that advances', () => {
  test('goes from its admission to its end, asking the platform for one thing a step', async () => {
    const app = await admitted();
    const ended = present({ phase: 'ended', exitCode: 0 });
    expect(await step(app, ABSENT)).toEqual(['go-on', `observe ${NAME}`, `create ${NAME}`]);
    expect(await step(app, present({ phase: 'pulling', started: 'no' }))).toEqual([
      'look-again',
      `observe ${NAME}`,
    ]);
    expect(await step(app, ended)).toEqual(['go-on', `observe ${NAME}`, `logs ${NAME}`]);
    expect(await step(app, ended)).toEqual(['go-on', `logs ${NAME}`]);
    expect(await step(app, ended)).toEqual(['go-on', `remove ${NAME}`]);
    expect((await rowsOf(app)).job.row.state).toBe('active');
    // Settling and announcing write rows only, so the same step looks whether the workload is gone.
    expect(await step(app, ended)).toEqual(['look-again', `observe ${NAME}`]);
    expect((await rowsOf(app)).job.row).toMatchObject({ outcome: 'Succeeded', eventSent: true });
    expect((await attemptIn(app)).cleanup).toBe('requested');
    expect(await step(app, ABSENT)).toEqual(['stop', `observe ${NAME}`]);
    expect((await attemptIn(app)).cleanup).toBe('gone');
    expect(await step(app, ABSENT)).toEqual(['stop']);
  });

  test('stops for a job that is not there', async () => {
    expect(await advance(testApp().ports, STORY)).toEqual({ next: 'stop' });
  });

  test('says at which line it failed, and may be tried again', async () => {
    const app = await admitted();
    app.ports.specs.get = () => Promise.reject(new Error('no spec now'));
    const failed = advance(app.ports, STORY);
    await expect(failed).rejects.toThrow('create: no spec now');
    await expect(failed).rejects.toBeInstanceOf(RetryableError);
  });
});
