import { type WindowLimits, windowOf } from '../../../domain/logs/log-window';

const limits: WindowLimits = { running: 4000, ended: { atLeast: 160, atMost: 164, lines: 10 } };

describe('what a platform shows of a log', () => {
  it.each([
    ['nothing', '', true],
    ['less than any limit', 'x'.repeat(159), true],
    ['as much as a container that has ended may still show', 'x'.repeat(160), false],
    ['just as much, for a container that has ended', 'x'.repeat(164), false],
    ['more than that, yet less than a running one may show', 'x'.repeat(165), true],
    ['as much as a running one may show', 'x'.repeat(4000), false],
    [
      'as many lines as one that has ended may still show, the last without its end',
      'x\n'.repeat(9) + 'x',
      false,
    ],
    ['one line less', 'x\n'.repeat(8) + 'x', true],
    ['bytes that grew because they were no text', '\u{fffd}'.repeat(160), false],
  ])('is whole or not: %s', (_, text, whole) => {
    expect(windowOf(text, limits)).toEqual({ kind: 'window', bytes: Buffer.from(text), whole });
  });
});
