// The four files in which MNIST is handed around, IDX packed by gzip: read from a folder, and written to one.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';

import { type Digits, PIXELS, type SplitDigits } from './digits';

const IMAGES_MAGIC = 0x803;
const LABELS_MAGIC = 0x801;
const SIDE = 28;

/** The beginnings of the files' names. */
const TRAINING = 'train';
const TEST = 't10k';

/** @throws an Error that names the file that is missing or is no such file. */
export function readDigitFiles(folder: string): SplitDigits {
  return { training: readPair(folder, TRAINING), test: readPair(folder, TEST) };
}

export function writeDigitFiles(folder: string, { training, test }: SplitDigits): void {
  writePair(folder, TRAINING, training);
  writePair(folder, TEST, test);
}

function imagesFile(folder: string, part: string): string {
  return join(folder, `${part}-images-idx3-ubyte.gz`);
}

function labelsFile(folder: string, part: string): string {
  return join(folder, `${part}-labels-idx1-ubyte.gz`);
}

function readPair(folder: string, part: string): Digits {
  const images = readIdx(imagesFile(folder, part), IMAGES_MAGIC, [SIDE, SIDE]);
  const labels = readIdx(labelsFile(folder, part), LABELS_MAGIC, []);
  if (images.count !== labels.count) {
    throw new Error(`${folder} has ${images.count} images of ${part}, but ${labels.count} labels.`);
  }
  return {
    count: images.count,
    images: new Float32Array(images.bytes).map((byte) => byte / 255),
    labels: Int32Array.from(labels.bytes),
  };
}

/** The values behind the header: the magic number, the count, and the size of one in each direction. */
function readIdx(path: string, magic: number, size: readonly number[]): { count: number; bytes: Buffer } {
  const content = gunzipSync(readFileSync(path));
  const header = Array.from({ length: 2 + size.length }, (_, at) => content.readUInt32BE(at * 4));
  const count = header[1] ?? 0;
  const bytes = content.subarray(header.length * 4);
  const whole = bytes.length === size.reduce((product, length) => product * length, count);
  if (header[0] !== magic || !whole || size.some((length, at) => header[at + 2] !== length)) {
    throw new Error(`${path} is no file of MNIST's.`);
  }
  return { count, bytes };
}

function writePair(folder: string, part: string, { count, images, labels }: Digits): void {
  if (images.length !== count * PIXELS) throw new Error('An image has 784 pixels.');
  const bytes = new Uint8Array(images.map((value) => Math.round(value * 255)));
  writeIdx(imagesFile(folder, part), [IMAGES_MAGIC, count, SIDE, SIDE], bytes);
  writeIdx(labelsFile(folder, part), [LABELS_MAGIC, count], Uint8Array.from(labels));
}

function writeIdx(path: string, header: readonly number[], bytes: Uint8Array): void {
  const head = Buffer.alloc(header.length * 4);
  for (const [at, value] of header.entries()) head.writeUInt32BE(value, at * 4);
  writeFileSync(path, gzipSync(Buffer.concat([head, bytes]), { level: 1 }));
}
