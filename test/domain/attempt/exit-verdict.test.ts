import { exitVerdict } from '../../../domain/attempt/exit-verdict';
import { reason } from '../../../domain/job/failure-reason';

describe('an exit code', () => {
  test('0 is success', () => {
    expect(exitVerdict(0)).toEqual({ kind: 'succeeded', exitCode: 0 });
  });

  test.each([
    [1, 'exit-code', 'user'],
    [3, 'exit-code', 'user'],
    [255, 'exit-code', 'user'],
    [137, 'killed', 'user'],
  ])('%i is a failure: %s, of class %s', (exitCode, code, ofClass) => {
    expect(exitVerdict(exitCode)).toMatchObject({
      kind: 'failed',
      exitCode,
      reason: { code, class: ofClass },
    });
  });

  test.each([0, 1, 137])('%i says less than what the platform did to the program', (exitCode) => {
    const evicted = reason('maintenance', 'The node was drained.');
    expect(exitVerdict(exitCode, { reason: evicted })).toEqual({ kind: 'failed', exitCode, reason: evicted });
  });

  test('of a program that was started more than once is that of its earliest start still shown, whatever gives the reason', () => {
    const evicted = reason('maintenance', 'The node was drained.');
    for (const said of [{ reason: evicted }, {}])
      expect(exitVerdict(137, { ...said, ranMoreThanOnce: true })).toMatchObject({
        reason: { message: expect.stringContaining('more than once') as unknown },
      });
  });
});
