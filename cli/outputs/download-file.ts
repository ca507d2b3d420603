// Brings one output to a file of this machine, in parts. What was cut off is continued, never mixed with other content.
import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { type FileHandle, lstat, mkdir, open, readdir, rename, rm, stat, utimes } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

import type { OutputSlice } from '../../client/outputs-client';
import { isErrorWithCode } from '../error-code';

/** Bytes from an offset on, as many as one answer carries. */
export type ReadSlice = (from: number) => Promise<OutputSlice>;

export interface Download {
  /** Below the target folder. */
  readonly segments: readonly string[];
  readonly bytes: number;
  /** Epoch milliseconds; a file of this size and time counts as brought already. */
  readonly modifiedAt?: number | undefined;
}

/** How often a file that changes while it is read is begun anew. */
const MOST_BEGINNINGS = 3;
/** Bytes: file systems take names of 255, and the name of a part is longer by 18. */
const MOST_OF_NAME = 230;

/**
 * Resolves to `there` when the file was there already. The content stands under a name of its own until it is whole.
 * Throws when a folder on the way is a link: it could lead anywhere.
 */
export async function downloadFile(
  folder: string,
  file: Download,
  read: ReadSlice,
  onBytes: (bytes: number) => void,
): Promise<'there' | 'brought'> {
  const target = join(folder, ...file.segments);
  await makeFolders(folder, file.segments.slice(0, -1));
  if (await isThere(target, file)) return 'there';
  const part = await partOf(target);
  for (let beginning = 1; ; beginning += 1) {
    const whole = await fill(target, beginning === 1 ? part : undefined, read, onBytes);
    if (whole !== undefined) {
      await rename(whole, target);
      if (file.modifiedAt !== undefined) await utimes(target, file.modifiedAt / 1000, file.modifiedAt / 1000);
      return 'brought';
    }
    if (beginning === MOST_BEGINNINGS)
      throw new Error(
        `it changed ${MOST_BEGINNINGS} times while it was read; try again when its program is over`,
      );
  }
}

/** The path of the whole content; undefined when the content changed on the way. */
async function fill(
  target: string,
  part: { path: string; bytes: number } | undefined,
  read: ReadSlice,
  onBytes: (bytes: number) => void,
): Promise<string | undefined> {
  let at = part?.bytes ?? 0;
  let slice = await read(at);
  const path = partPath(target, slice.etag);
  if (part !== undefined && part.path !== path) {
    await rm(part.path, { force: true });
    at = 0;
    slice = await read(0);
    if (partPath(target, slice.etag) !== path) return undefined;
  }
  if (at > 0) onBytes(at);
  const handle = await openPart(path);
  try {
    await handle.truncate(at);
    const { etag } = slice;
    for (;;) {
      await writeAll(handle, slice.bytes, at);
      at += slice.bytes.length;
      onBytes(slice.bytes.length);
      if (at >= slice.size) return path;
      slice = await read(at);
      if (slice.etag !== etag) break;
      if (slice.bytes.length === 0 && at < slice.size)
        throw new Error(`no bytes came after ${at} of ${slice.size}`);
    }
  } finally {
    await handle.close();
  }
  await rm(path, { force: true });
  return undefined;
}

/** One write may take a part alone, as where the disk is nearly full. */
async function writeAll(handle: FileHandle, bytes: Uint8Array, at: number): Promise<void> {
  for (let done = 0; done < bytes.length;) {
    const { bytesWritten } = await handle.write(bytes, done, bytes.length - done, at + done);
    done += bytesWritten;
  }
}

/** Never through a link that somebody put there. */
function openPart(path: string): Promise<FileHandle> {
  return open(path, constants.O_RDWR | constants.O_CREAT | constants.O_NOFOLLOW, 0o666);
}

/** Part files name the content that they are of. */
function partPath(target: string, etag: string): string {
  return join(dirname(target), `${partBeginning(target)}${hashed(etag)}.part`);
}

function partBeginning(target: string): string {
  const name = basename(target);
  return `${Buffer.byteLength(name) <= MOST_OF_NAME ? name : `~${hashed(name)}`}.`;
}

function hashed(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 12);
}

async function partOf(target: string): Promise<{ path: string; bytes: number } | undefined> {
  const begun = partBeginning(target);
  const names = await readdir(dirname(target));
  const name = names.find(
    (one) => one.startsWith(begun) && /^[0-9a-f]{12}\.part$/.test(one.slice(begun.length)),
  );
  if (name === undefined) return undefined;
  const path = join(dirname(target), name);
  const found = await lstat(path);
  return found.isFile() ? { path, bytes: found.size } : undefined;
}

async function isThere(target: string, { bytes, modifiedAt }: Download): Promise<boolean> {
  const found = await lstat(target).catch((error: unknown) => {
    if (isErrorWithCode(error, 'ENOENT')) return undefined;
    throw error;
  });
  if (found === undefined || modifiedAt === undefined) return false;
  return found.isFile() && found.size === bytes && Math.abs(found.mtimeMs - modifiedAt) < 1000;
}

async function makeFolders(folder: string, names: readonly string[]): Promise<void> {
  await mkdir(folder, { recursive: true });
  let path = folder;
  for (const name of names) {
    path = join(path, name);
    await mkdir(path).catch((error: unknown) => {
      if (!isErrorWithCode(error, 'EEXIST')) throw error;
    });
    if ((await lstat(path)).isSymbolicLink())
      throw new Error(`${path} is a link, and it could lead anywhere`);
    if (!(await stat(path)).isDirectory()) throw new Error(`${path} is a file, where a folder is needed`);
  }
}
