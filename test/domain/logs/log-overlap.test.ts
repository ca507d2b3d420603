import fc from 'fast-check';

import { findOverlap, longestOverlap } from '../../../domain/logs/log-overlap';

/** All overlaps, longest first, found the slow and obvious way. */
function overlapsOf(window: Buffer, text: Buffer): { longest: number; next: number } {
  const all: number[] = [];
  for (let size = Math.min(window.length, text.length); size > 0; size -= 1) {
    if (window.subarray(0, size).equals(text.subarray(text.length - size))) all.push(size);
  }
  return { longest: all[0] ?? 0, next: all[1] ?? 0 };
}

/** Searches with a short tail first, as callers do. */
function searched(window: Buffer, text: Buffer, tailBytes: number): { longest: number; next: number } {
  const first = findOverlap(window, text.subarray(-tailBytes), text.length);
  if (!('more' in first)) return first;
  expect(first.more).toBeLessThanOrEqual(text.length);
  const second = findOverlap(window, text.subarray(text.length - first.more), text.length);
  if ('more' in second) throw new Error(`asked for ${second.more} bytes after ${first.more}`);
  return second;
}

const line = fc.constantFrom('a', 'b', 'ab', 'a\n', '\r 50%', '\n');
const repetitive = fc
  .array(fc.tuple(line, fc.nat(400)), { maxLength: 6 })
  .map((runs) => Buffer.from(runs.map(([text, times]) => text.repeat(times)).join('')));

describe('the overlap of a window with the end of a text', () => {
  it('is found in linear time exactly as by trying every size', () => {
    fc.assert(
      fc.property(repetitive, repetitive, (window, text) => {
        expect(longestOverlap(window, text)).toEqual(overlapsOf(window, text));
      }),
    );
  });

  it('is found by the quick search exactly as by trying every size, however repetitive the text', () => {
    fc.assert(
      fc.property(
        repetitive,
        repetitive,
        fc.nat(1000),
        fc.integer({ min: 128, max: 512 }),
        (a, b, cut, tailBytes) => {
          const text = Buffer.concat([a, b]);
          const window = Buffer.concat([text.subarray(Math.min(cut, text.length)), a]);
          expect(searched(window, text, tailBytes)).toEqual(overlapsOf(window, text));
        },
      ),
    );
  });

  it.each([
    ['as long as the tail', 132],
    ['too short to search for', 50],
  ])(
    'is not taken for a longer one when what the window shows anew ends like the text, and it is %s',
    (_what, overlap) => {
      const block = (times: number): Buffer => Buffer.from(`${'a'.repeat(times)}bbb`);
      const text = Buffer.concat([block(130), block(129)]);
      const window = Buffer.concat([text.subarray(text.length - overlap), block(130)]);
      expect(searched(window, text, 132)).toEqual(overlapsOf(window, text));
    },
  );

  it('asks for as much of the text as the window covers when its end repeats itself', () => {
    const text = Buffer.from('start of the run\n' + '.\n'.repeat(5000));
    const window = Buffer.concat([text.subarray(8), Buffer.from('.\n'.repeat(10))]);
    expect(findOverlap(window, text.subarray(-1000), text.length)).toEqual({ more: text.length });
    expect(findOverlap(window, text, text.length).valueOf()).toEqual({ longest: text.length - 8, next: 0 });
  });

  it('needs no more than the tail when the tail is found once', () => {
    const text = Buffer.from(Array.from({ length: 5000 }, (_, i) => `step ${i}\n`).join(''));
    const window = Buffer.concat([text.subarray(10_000), Buffer.from('step 5000\n')]);
    expect(findOverlap(window, text.subarray(-1000), text.length)).toEqual({
      longest: text.length - 10_000,
      next: 0,
    });
  });
});
