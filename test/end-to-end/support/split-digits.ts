// Digits split anew for a test: some for a program's volume, and others that no program has. The pixels of all of them
// change places, alike and by chance, so a program that had read others could not recognise these.
import { execFile } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { promisify } from 'node:util';

import { readDigitFiles, writeDigitFiles } from '../../../samples/tensorflow-mnist/digit-files';
import { type Digits, PIXELS } from '../../../samples/tensorflow-mnist/digits';
import { compiled } from '../../../standins/stack/repository-root';

const UNSEEN = 2_000;
const TESTED = 500;

/** Writes MNIST's files into two folders that it makes. What is `unseen` are that folder's test digits. */
export async function splitDigits(folders: {
  readonly volume: string;
  readonly unseen: string;
}): Promise<void> {
  await promisify(execFile)(process.execPath, [
    compiled('samples/tensorflow-mnist/write-digits'),
    folders.unseen,
  ]);
  const { training, test } = readDigitFiles(folders.unseen);
  const order = shuffled(training.count + test.count);
  const pixels = shuffled(PIXELS);
  const pick = (from: number, to?: number): Digits =>
    pickedOf([training, test], order.slice(from, to), pixels);
  await mkdir(folders.volume, { recursive: true });
  const tested = pick(UNSEEN, UNSEEN + TESTED);
  writeDigitFiles(folders.volume, { test: tested, training: pick(UNSEEN + TESTED) });
  writeDigitFiles(folders.unseen, { test: pick(0, UNSEEN), training: tested });
}

function pickedOf(all: readonly Digits[], rows: readonly number[], pixels: readonly number[]): Digits {
  const images = new Float32Array(rows.length * PIXELS);
  const labels = new Int32Array(rows.length);
  for (const [at, row] of rows.entries()) {
    const [digits, within] = placeOf(all, row);
    for (const [pixel, from] of pixels.entries())
      images[at * PIXELS + pixel] = digits.images[within * PIXELS + from] ?? NaN;
    labels[at] = digits.labels[within] ?? NaN;
  }
  return { count: rows.length, images, labels };
}

function placeOf([first, ...others]: readonly Digits[], row: number): [Digits, number] {
  if (first === undefined) throw new RangeError('There are not so many digits.');
  return row < first.count ? [first, row] : placeOf(others, row - first.count);
}

/** The numbers below `count` in an order by chance. */
function shuffled(count: number): number[] {
  const numbers = Array.from({ length: count }, (_, at) => at);
  for (let last = count - 1; last > 0; last -= 1) {
    const other = randomInt(last + 1);
    [numbers[last], numbers[other]] = [numbers[other] ?? 0, numbers[last] ?? 0];
  }
  return numbers;
}
