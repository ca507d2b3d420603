// Colours belong on terminals only.
import { paintFor } from '../../../../standins/stack/demo/paint';

describe('the paint of the demo', () => {
  const ci = process.env['CI'];
  afterEach(() => {
    if (ci === undefined) delete process.env['CI'];
    else process.env['CI'] = ci;
  });

  test('a stream that is no terminal, and so has no isTTY, gets plain text, in CI too', () => {
    process.env['CI'] = 'true';
    expect(paintFor(undefined).bold('plain')).toBe('plain');
    expect(paintFor(false).bold('plain')).toBe('plain');
  });

  test('a terminal gets colours', () => {
    expect(paintFor(true).green('go')).not.toBe('go');
  });
});
