// Stories that somebody else started: whoever has the Durable extension's key can start any, with any input.
import { advance } from '../../../jobs/attempt/advance';
import { storySchema } from '../../../orchestrations/activity-contract';
import { attemptIn, rowsOf, testApp, withAttempt } from '../../support/app/test-app';
import { testJobId } from '../../support/rows';

const JOB = testJobId(1);

describe('a story that somebody else started', () => {
  test.each([
    ['under an epoch to come', { jobId: JOB, attempt: 1, epoch: 2 }],
    ['for an attempt to come', { jobId: JOB, attempt: 2, epoch: 1 }],
    ['for another job', { jobId: testJobId(2), attempt: 1, epoch: 1 }],
    ['for what is no job', { jobId: "x' or '1' eq '1", attempt: 1, epoch: 1 }],
  ])('%s asks the platform for nothing and writes nothing', async (_, story) => {
    const app = testApp();
    await withAttempt(app);
    const before = await rowsOf(app);
    expect(await advance(app.ports, story)).toEqual({ next: 'stop' });
    expect(app.backend.asked).toEqual([]);
    expect(await rowsOf(app)).toEqual(before);
    expect((await attemptIn(app)).epoch).toBe(1);
  });

  test.each([
    [undefined],
    [{}],
    [{ jobId: JOB }],
    [{ jobId: JOB, attempt: '1', epoch: 1 }],
    [{ jobId: { $gt: '' }, attempt: 1, epoch: 1 }],
    [{ jobId: JOB, attempt: 1, epoch: 1e999 }],
  ])('with the input %j is refused', (input: unknown) => {
    expect(storySchema.safeParse(input).success).toBe(false);
  });
});
