import { mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { downloadFile } from '../../../cli/outputs/download-file';
import type { OutputSlice } from '../../../client/outputs-client';

const AT = Date.UTC(2026, 0, 31);

let folder: string;
let asked: number[];
let brought: number;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gpu-jobs-download-'));
  asked = [];
  brought = 0;
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** Answers with four bytes at most; `contents` by the number of the request: the last one stays. */
function serve(...contents: readonly string[]): (from: number) => Promise<OutputSlice> {
  return (from) => {
    const content = contents[Math.min(asked.length, contents.length - 1)] ?? '';
    asked.push(from);
    const bytes = Buffer.from(content).subarray(from, from + 4);
    return Promise.resolve({ bytes, size: content.length, etag: `"${content}"` });
  };
}

function download(read: (from: number) => Promise<OutputSlice>, segments = ['model', 'w.bin']) {
  return downloadFile(folder, { segments, bytes: 10, modifiedAt: AT }, read, (bytes) => {
    brought += bytes;
  });
}

const target = (): string => join(folder, 'model', 'w.bin');

test('a file comes in parts, whole, with its own time, and leaves no part behind', async () => {
  expect(await download(serve('0123456789'))).toBe('brought');
  expect(await readFile(target(), 'utf8')).toBe('0123456789');
  expect((await stat(target())).mtimeMs).toBe(AT);
  expect(await readdir(join(folder, 'model'))).toEqual(['w.bin']);
  expect(asked).toEqual([0, 4, 8]);
  expect(brought).toBe(10);
});

test('an empty file is made', async () => {
  expect(await downloadFile(folder, { segments: ['empty'], bytes: 0 }, serve(''), () => undefined)).toBe(
    'brought',
  );
  expect((await stat(join(folder, 'empty'))).size).toBe(0);
});

test('a file of this size and time is not asked for again', async () => {
  await download(serve('0123456789'));
  asked = [];
  expect(await download(serve('0123456789'))).toBe('there');
  expect(asked).toEqual([]);
});

test('a download that was cut off goes on where it stood', async () => {
  const read = serve('0123456789');
  const cut = (from: number) => (from === 8 ? Promise.reject(new Error('cut off')) : read(from));
  await expect(download(cut)).rejects.toThrow('cut off');
  asked = [];
  await download(serve('0123456789'));
  expect(asked).toEqual([8]);
  expect(await readFile(target(), 'utf8')).toBe('0123456789');
});

test('the part of another content is thrown away', async () => {
  const read = serve('0123456789');
  await expect(
    download((from) => (from === 8 ? Promise.reject(new Error('cut off')) : read(from))),
  ).rejects.toThrow('cut off');
  await download(serve('abcdefghij'));
  expect(await readFile(target(), 'utf8')).toBe('abcdefghij');
  expect(await readdir(join(folder, 'model'))).toEqual(['w.bin']);
});

test('a file that changes while it is read is begun anew, and never mixed', async () => {
  await download(serve('0123456789', 'abcdefghij'));
  expect(await readFile(target(), 'utf8')).toBe('abcdefghij');
});

test('a file that never stops changing is given up, with what to do', async () => {
  const contents = Array.from({ length: 20 }, (_, number) => `${number} changes always`);
  await expect(download(serve(...contents))).rejects.toThrow('try again when its program is over');
  expect(await readdir(join(folder, 'model'))).toEqual([]);
});

test('nothing is written through a link', async () => {
  const elsewhere = await mkdtemp(join(tmpdir(), 'gpu-jobs-elsewhere-'));
  try {
    await symlink(elsewhere, join(folder, 'model'));
    await expect(download(serve('0123456789'))).rejects.toThrow('is a link');
    expect(await readdir(elsewhere)).toEqual([]);
  } finally {
    await rm(elsewhere, { recursive: true, force: true });
  }
});

test('a file in the place of a folder is told', async () => {
  await writeFile(join(folder, 'model'), '');
  await expect(download(serve('0123456789'))).rejects.toThrow('where a folder is needed');
});

test('a name as long as a name may be is brought, and goes on where it was cut off', async () => {
  const segments = ['n'.repeat(255)];
  const read = serve('0123456789');
  const cut = (from: number) => (from === 8 ? Promise.reject(new Error('cut off')) : read(from));
  await expect(download(cut, segments)).rejects.toThrow('cut off');
  asked = [];
  expect(await download(serve('0123456789'), segments)).toBe('brought');
  expect(asked).toEqual([8]);
  expect(await readdir(folder)).toEqual(segments);
});
