// The window over a container's output: what it shows, and that it never shows a broken character.
import fc from 'fast-check';

import { ACI_LOG_LIMITS, createLogWindow, type LogLimits } from '../../../standins/containers/log-window';

const SMALL: LogLimits = { runningBytes: 64, endedBytes: 16, endedLines: 3 };

function windowWith(
  chunks: readonly (string | Buffer)[],
  limits = SMALL,
  ended = false,
): ReturnType<typeof createLogWindow> {
  const window = createLogWindow(limits);
  for (const [at, chunk] of chunks.entries()) window.append(Buffer.from(chunk), at * 1_000);
  if (ended) window.end();
  return window;
}

describe('the log of a running program', () => {
  it('is empty before it prints', () => {
    expect(windowWith([]).read()).toBe('');
  });

  it('shows everything while it fits, carriage returns and all', () => {
    expect(windowWith(['one\r', 'two\n', 'no newline']).read()).toBe('one\rtwo\nno newline');
  });

  it('shows the last bytes once there are more', () => {
    const printed = Array.from({ length: 40 }, (_, n) => `line ${n}\n`);
    expect(windowWith(printed).read()).toBe(printed.join('').slice(-64));
  });

  it('shows the last lines that are asked for', () => {
    const window = windowWith(['a\nb\nc\n']);
    expect(window.read({ tail: 2 })).toBe('b\nc\n');
    expect(window.read({ tail: 0 })).toBe('');
    expect(window.read({ tail: 9 })).toBe('a\nb\nc\n');
    expect(windowWith(['a\nb\nunfinished']).read({ tail: 2 })).toBe('b\nunfinished');
  });

  it('puts before each line the time at which it began to be printed', () => {
    expect(windowWith(['a\nb', 'b\n', 'c']).read({ timestamps: true })).toBe(
      '1970-01-01T00:00:00.0000000Z a\n1970-01-01T00:00:00.0000000Z bb\n1970-01-01T00:00:02.0000000Z c',
    );
  });

  it('withholds a character until all of it is printed', () => {
    const window = windowWith([Buffer.from('é').subarray(0, 1)]);
    expect(window.read()).toBe('');
    window.append(Buffer.from('é').subarray(1), 1);
    expect(window.read()).toBe('é');
  });

  it('shows bytes that are no UTF-8 as replacement characters', () => {
    expect(windowWith([Buffer.from([0x61, 0xff, 0x62])]).read()).toBe('a\ufffdb');
  });
});

describe('the log of an ended program', () => {
  it('shrinks to the last bytes', () => {
    expect(windowWith(['0123456789012345678901234567890'], SMALL, true).read()).toBe('5678901234567890');
  });

  it('shrinks to the last lines', () => {
    expect(windowWith(['1\n2\n3\n4\n5\n'], SMALL, true).read()).toBe('3\n4\n5\n');
    expect(windowWith(['1\n2\n3\n4\n5'], SMALL, true).read()).toBe('3\n4\n5');
  });

  it('is at most 16 KB or 1,000 lines with the limits of the service', () => {
    const long = windowWith(['x'.repeat(100_000)], ACI_LOG_LIMITS, true).read();
    expect(long).toHaveLength(16_384);
    const lines = windowWith(['y\n'.repeat(5_000)], ACI_LOG_LIMITS, true).read();
    expect(lines).toBe('y\n'.repeat(1_000));
  });
});

const text = fc.string({ unit: fc.constantFrom('a', '\n', 'é', '漢', '🚀', '\r') });

it('whatever is printed in whatever pieces, shows a suffix of whole characters', () => {
  fc.assert(
    fc.property(
      fc.array(text),
      fc.array(fc.nat(7), { minLength: 1 }),
      fc.boolean(),
      (texts, sizes, ended) => {
        const printed = Buffer.from(texts.join(''));
        const pieces: Buffer[] = [];
        for (let from = 0, turn = 0; from < printed.length; turn += 1) {
          const to = from + 1 + (sizes[turn % sizes.length] ?? 0);
          pieces.push(printed.subarray(from, to));
          from = to;
        }
        const shown = windowWith(pieces, SMALL, ended).read();
        const limit = ended ? SMALL.endedBytes : SMALL.runningBytes;
        expect(printed.toString().endsWith(shown)).toBe(true);
        expect(Buffer.byteLength(shown)).toBeLessThanOrEqual(limit);
        // It is the longest such suffix: what is missing is more than the window or a character cut by its edge.
        if (printed.length <= limit && !ended) expect(shown).toBe(printed.toString());
        if (printed.length > limit && !ended) expect(Buffer.byteLength(shown)).toBeGreaterThan(limit - 4);
      },
    ),
  );
});

it('without its timestamps a timestamped log is the log', () => {
  fc.assert(
    fc.property(fc.array(text), (texts) => {
      const window = windowWith(texts);
      const stripped = window.read({ timestamps: true }).replaceAll(/(^|\n)\d{4}-\d\d-\d\dT[\d:.]+Z /g, '$1');
      expect(stripped).toBe(window.read());
    }),
  );
});
