import { createHash } from 'node:crypto';

import fc from 'fast-check';

import { align, type Alignment } from '../../../domain/logs/log-alignment';
import { type Gap, mergeGaps } from '../../../domain/logs/log-index';
import type { WindowLimits } from '../../../domain/logs/log-window';
import { flawIn, windowOn } from '../../support/log-printer';

/** An archive without storage. */
class Archive {
  bytes = Buffer.alloc(0);
  gaps: Gap[] = [];
  readonly #tailBytes: number;

  constructor(tailBytes = 32 * 1024) {
    this.#tailBytes = tailBytes;
  }

  /** Adds a window; returns the kind of the gap recorded, if any. */
  take(
    text: string | Buffer,
    { whole = false, final = false, proof }: { whole?: boolean; final?: boolean; proof?: number } = {},
  ): Gap['kind'] | undefined {
    const window = { bytes: Buffer.from(text), whole };
    const options = { final, ...(proof === undefined ? {} : { proof }) };
    let result = this.#align(this.#tailBytes, window, options);
    if (result.kind === 'more-tail') result = this.#align(result.bytes, window, options);
    if (result.kind === 'more-tail') throw new Error('asked for more tail twice');
    if (result.kind === 'nothing-new') return undefined;
    const { bytes, gap } = result.addition;
    if (gap !== undefined) {
      expect(gap.at).toBe(this.bytes.length);
      this.gaps = mergeGaps(this.gaps, [gap]);
    }
    this.bytes = Buffer.concat([this.bytes, bytes]);
    return gap?.kind;
  }

  get text(): string {
    return this.bytes.toString();
  }

  #align(
    tailBytes: number,
    window: { bytes: Buffer; whole: boolean },
    options: { final: boolean; proof?: number },
  ): Alignment {
    const tail = this.bytes.subarray(Math.max(0, this.bytes.length - tailBytes));
    return align({ length: this.bytes.length, tail, gaps: this.gaps }, window, options);
  }
}

function lines(from: number, to: number): string {
  return Array.from({ length: to - from }, (_, i) => `step ${from + i}: loss 0.${(from + i) * 7919}\n`).join(
    '',
  );
}

describe('aligning a whole log', () => {
  it('adds what is new, once, whatever repeats', () => {
    const archive = new Archive();
    for (const text of ['', 'a\n', 'a\n', 'a\na\n', 'a\na\na\r', 'a\na\na\ra\rb'])
      archive.take(text, { whole: true });
    expect(archive.text).toBe('a\na\na\ra\rb');
    expect(archive.gaps).toEqual([]);
  });

  it('takes a shorter or another log for that of a restarted container', () => {
    const archive = new Archive();
    archive.take('hello\nworld\n', { whole: true });
    expect(archive.take('hello\n', { whole: true })).toBe('restarted');
    expect(archive.take('hello\nagain\n', { whole: true })).toBeUndefined();
    expect(archive.take('third start, and longer than before\n', { whole: true })).toBe('restarted');
    expect(archive.text).toBe('hello\nworld\nhello\nagain\nthird start, and longer than before\n');
    expect(archive.gaps.map(({ at }) => at)).toEqual([12, 24]);
  });

  it('knows that a whole log after one that had lost its start is that of a restarted container', () => {
    const archive = new Archive();
    archive.take(lines(0, 10), { whole: true });
    expect(archive.take(lines(50, 60))).toBe('missing');
    expect(archive.take(lines(0, 10) + lines(10, 12), { whole: true })).toBe('restarted');
  });

  it('learns nothing from an empty log', () => {
    const archive = new Archive();
    archive.take('hello\n', { whole: true });
    expect(archive.take('', { whole: true })).toBeUndefined();
    expect(archive.text).toBe('hello\n');
  });
});

describe('aligning a window that moved on', () => {
  it('goes on where the archive ends', () => {
    const archive = new Archive();
    archive.take(lines(0, 100), { whole: true });
    expect(archive.take(lines(50, 150))).toBeUndefined();
    expect(archive.take(lines(100, 150))).toBeUndefined();
    expect(archive.text).toBe(lines(0, 150));
  });

  it('finds the last 16 KB of an ended container in an archive that has them all', () => {
    const archive = new Archive();
    archive.take(lines(0, 5000), { whole: true });
    expect(archive.take(Buffer.from(lines(0, 5000)).subarray(-16_384), { final: true })).toBeUndefined();
    expect(archive.text).toBe(lines(0, 5000));
  });

  it('marks what is missing when the archive ends before the window begins', () => {
    const archive = new Archive();
    archive.take(lines(0, 100), { whole: true });
    expect(archive.take(lines(200, 300))).toBe('missing');
    expect(archive.gaps[0]?.at).toBe(lines(0, 100).length);
    expect(archive.text).toBe(lines(0, 100) + lines(200, 300));
  });

  it('does not take a line end, a ruler or a row of dots that both share for continuity', () => {
    for (const shared of ['\n', `${'='.repeat(80)}\n`, `\n${'.'.repeat(500)}`]) {
      const archive = new Archive();
      archive.take(lines(0, 100) + shared, { whole: true });
      expect(archive.take(shared + lines(200, 300))).toBe('not-provable');
      expect(archive.text).toBe(lines(0, 100) + shared + lines(200, 300));
    }
  });

  it('does not take a paragraph that the program prints again and again for continuity', () => {
    const banner =
      'Saving a checkpoint to /mnt/models, then evaluating on the validation set of 10,000 pictures.\n';
    const archive = new Archive();
    archive.take(lines(0, 100) + banner, { whole: true });
    expect(archive.take(banner + lines(200, 300) + banner + lines(300, 310))).toBe('not-provable');
  });

  it('adds nothing twice and says that continuity is not provable when all of the overlap is one line repeated', () => {
    const archive = new Archive();
    archive.take('waiting\n'.repeat(300), { whole: true });
    expect(archive.take('waiting\n'.repeat(200))).toBeUndefined();
    expect(archive.take('waiting\n'.repeat(199) + 'done\n')).toBe('not-provable');
    expect(archive.gaps).toMatchObject([{ at: 2400, sharedBytes: 199 * 8 }]);
    expect(archive.take('waiting\n'.repeat(199) + 'done\n')).toBeUndefined();
    expect(archive.text).toBe('waiting\n'.repeat(300) + 'done\n');
  });

  it('says so at the very end, when only identical lines were to be seen', () => {
    const archive = new Archive();
    archive.take('waiting\n'.repeat(300), { whole: true });
    expect(archive.take('waiting\n'.repeat(200), { final: true })).toBe('not-provable');
    expect(archive.take('waiting\n'.repeat(200), { final: true })).toBeUndefined();
  });

  it('counts repeated lines exactly where the window still shows what came before them', () => {
    const archive = new Archive(1000);
    const run = 'waiting\n';
    archive.take(lines(0, 100) + run.repeat(5000), { whole: true });
    expect(archive.take(lines(90, 100) + run.repeat(9000))).toBeUndefined();
    expect(archive.text).toBe(lines(0, 100) + run.repeat(9000));
  });

  it('does not take one run of identical lines for another that is as long as the remembered tail', () => {
    const archive = new Archive(1000);
    const run = '.\n'.repeat(500);
    archive.take(lines(0, 100) + run.repeat(3), { whole: true });
    expect(archive.take(lines(200, 300) + run + lines(300, 310))).toBe('missing');
  });

  it('drops the rest of a character at the window’s start and waits for the rest of one at its end', () => {
    const text = Buffer.from(lines(0, 60).replaceAll('step', 'Grüße 🎉 und 🚀'));
    const archive = new Archive();
    const shown = 500;
    for (let printed = 0; printed <= text.length; printed += 1) {
      const seen = text.subarray(Math.max(0, printed - shown), printed).toString();
      archive.take(seen, { whole: printed < shown });
    }
    expect(archive.text).toBe(text.toString());
    expect(archive.gaps).toEqual([]);
  });

  it('keeps a half-written character at the very end', () => {
    const archive = new Archive();
    archive.take('abc\u{fffd}', { whole: true });
    expect(archive.text).toBe('abc');
    archive.take('abc\u{fffd}', { whole: true, final: true });
    expect(archive.text).toBe('abc\u{fffd}');
  });

  it('says that the first look may not have reached back to the start', () => {
    const archive = new Archive();
    expect(archive.take(lines(50, 60))).toBe('not-provable');
    expect(archive.text).toBe(lines(50, 60));
  });
});

describe('aligning any windows on any log', () => {
  const limits: WindowLimits = { running: 240, ended: { atLeast: 60, atMost: 60, lines: 8 } };
  const proof = 24;
  /** Text that occurs once, of some ten characters. */
  const unique = (i: number) => createHash('sha256').update(String(i)).digest('base64').slice(0, 30);
  const segment = fc.oneof(
    fc.record({
      text: fc.constantFrom('a', '\n', 'a\n', '\r 7%', 'ab\n', 'ü', '🎉', '—\n'),
      times: fc.nat(200),
    }),
    fc.constant('unique'),
  );
  const log = fc.array(segment, { maxLength: 12 });
  const textOf = (segments: readonly ('unique' | { text: string; times: number })[], seed: number) =>
    Buffer.from(
      segments.map((s, i) => (s === 'unique' ? unique(seed * 100 + i) : s.text.repeat(s.times))).join(''),
    );

  it('archives what was printed, in order, nothing twice, every hole marked', () => {
    let provable = 0;
    fc.assert(
      fc.property(
        fc.array(log, { minLength: 1, maxLength: 3 }),
        fc.array(fc.integer({ min: 1, max: 160 }), { minLength: 1, maxLength: 30 }),
        fc.integer({ min: 128, max: 400 }),
        (segments, steps, tailBytes) => {
          const incarnations = segments.map((list, i) =>
            Buffer.from(`${unique(10_000 + i)}${textOf(list, i).toString()}`),
          );
          const archive = new Archive(tailBytes);
          incarnations.forEach((printed, i) => {
            let seen = 0;
            for (const step of steps) {
              seen = Math.min(printed.length, seen + step);
              const window = windowOn(printed.subarray(0, seen), false, limits);
              archive.take(window.bytes, { ...window, proof });
            }
            const last = windowOn(printed, i === incarnations.length - 1, limits);
            archive.take(last.bytes, { ...last, proof, final: i === incarnations.length - 1 });
          });
          expect(flawIn(archive.bytes, archive.gaps, incarnations)).toBeUndefined();
          const [only] = incarnations;
          if (incarnations.length === 1 && archive.gaps.length === 0) {
            provable += 1;
            expect(archive.text).toBe(only?.toString());
          }
        },
      ),
      { numRuns: 800 },
    );
    expect(provable).toBeGreaterThan(20);
  });

  it('misses nothing and marks nothing when each line is new and the windows overlap by a few of them', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 150 }), { maxLength: 40 }), (steps) => {
        const printed = Buffer.from(Array.from({ length: 200 }, (_, i) => `${unique(i)} ü\r`).join(''));
        const archive = new Archive(300);
        let seen = 59;
        for (const step of [0, ...steps]) {
          seen += step;
          const window = windowOn(printed.subarray(0, seen), false, limits);
          archive.take(window.bytes, { ...window, proof });
        }
        const cut = 4;
        expect(archive.gaps).toEqual([]);
        expect(printed.subarray(0, archive.bytes.length).equals(archive.bytes)).toBe(true);
        expect(archive.bytes.length).toBeGreaterThan(Math.min(seen, printed.length) - cut);
      }),
    );
  });
});
