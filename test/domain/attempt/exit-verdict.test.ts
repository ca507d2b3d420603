import { exitVerdict } from '../../../domain/attempt/exit-verdict';

describe('an exit code', () => {
  test('0 is success', () => {
    expect(exitVerdict(0)).toEqual({ kind: 'succeeded', exitCode: 0 });
  });

  test.each([
    [1, 'exit-code', 'user'],
    [3, 'exit-code', 'user'],
    [255, 'exit-code', 'user'],
    [137, 'killed', 'user'],
    [7147, 'maintenance', 'infrastructure'],
    [7148, 'maintenance', 'infrastructure'],
  ])('%i is a failure: %s, of class %s', (exitCode, code, ofClass) => {
    expect(exitVerdict(exitCode)).toMatchObject({
      kind: 'failed',
      exitCode,
      reason: { code, class: ofClass },
    });
  });
});
