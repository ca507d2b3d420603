// MNIST's four files: byte for byte as they are handed around, read back as they were, and refused when they are not
// whole.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';

import { readDigitFiles, writeDigitFiles } from '../../../samples/tensorflow-mnist/digit-files';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'digits-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const two = {
  count: 2,
  images: Float32Array.from({ length: 2 * 784 }, (_, at) => (at % 256) / 255),
  labels: Int32Array.from([7, 2]),
};

test('the files have the headers of MNIST, then a byte a pixel or a label', () => {
  writeDigitFiles(folder, { training: two, test: two });
  const images = gunzipSync(readFileSync(join(folder, 'train-images-idx3-ubyte.gz')));
  expect(images.subarray(0, 16).toString('hex')).toBe('00000803000000020000001c0000001c');
  expect([...images.subarray(16, 20), images.length]).toEqual([0, 1, 2, 3, 16 + 2 * 784]);
  const labels = gunzipSync(readFileSync(join(folder, 't10k-labels-idx1-ubyte.gz')));
  expect(labels.toString('hex')).toBe('00000801000000020702');
});

test('digits are read as they were written', () => {
  const one = { count: 1, images: two.images.slice(784), labels: two.labels.slice(1) };
  writeDigitFiles(folder, { training: two, test: one });
  expect(readDigitFiles(folder)).toEqual({ training: two, test: one });
});

test.each([
  ['is cut off', (bytes: Buffer) => bytes.subarray(0, -1)],
  ['has something behind its end', (bytes: Buffer) => Buffer.concat([bytes, Buffer.from([0])])],
  ['is of another kind', (bytes: Buffer) => Buffer.concat([Buffer.from([0, 0, 8, 1]), bytes.subarray(4)])],
])('a file that %s is refused by its name', (_, spoil) => {
  writeDigitFiles(folder, { training: two, test: two });
  const path = join(folder, 'train-images-idx3-ubyte.gz');
  writeFileSync(path, gzipSync(spoil(gunzipSync(readFileSync(path)))));
  expect(() => readDigitFiles(folder)).toThrow(`${path} is no file of MNIST's.`);
});

test('images without as many labels are refused', () => {
  writeDigitFiles(folder, { training: two, test: two });
  writeFileSync(
    join(folder, 't10k-labels-idx1-ubyte.gz'),
    gzipSync(Buffer.from('000008010000000107', 'hex')),
  );
  expect(() => readDigitFiles(folder)).toThrow('2 images of t10k, but 1 labels');
});
