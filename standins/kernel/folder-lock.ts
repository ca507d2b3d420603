// A lock on a folder for the life of a process. It has one holder at a time, and the end of the process frees it,
// however it ends, `kill -9` included.
import { randomUUID } from 'node:crypto';
import { link, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { hasCode, type Holder, holderSchema, isAlive, tellNonce } from './lock-holder';

export interface FolderLock {
  /** Frees the lock at once. May be called twice. The end of the process does the same. */
  release(): void;
}

export interface LockRequest {
  /**
   * The folder of the lock's own files, which is made if it is absent. Processes that lock the same thing name the same
   * folder.
   */
  readonly at: string;
  /** What this process is, for a person who meets the lock: `npm start`. */
  readonly what: string;
  /** How long to wait for a holder, milliseconds; 0: not at all. */
  readonly waitMs: number;
}

export type Locked = { readonly lock: FolderLock } | { readonly heldBy: Holder };

const LOOK_EVERY_MS = 100;

/**
 * Takes the lock, or says who holds it.
 *
 * The lock is a row of numbered files. The highest names the holder. A process that finds that holder gone makes the
 * next number, whole and at once by a hard link, at which only one of many processes succeeds. The highest is never
 * deleted, not even at a release; the holder deletes lower ones. So a process that makes a number too late finds a
 * higher one beside it and has lost.
 */
export async function lockFolder({ at, what, waitMs }: LockRequest): Promise<Locked> {
  await mkdir(at, { recursive: true });
  const nonce = randomUUID();
  const { server, port } = await tellNonce(nonce);
  const release = (): void => void server.close();
  const own: Holder = { pid: process.pid, what, since: new Date().toISOString(), port, nonce };
  const draft = join(at, `draft-${nonce}`);
  const until = performance.now() + waitMs;
  try {
    await writeFile(draft, JSON.stringify(own));
    for (;;) {
      const highest = (await numbersIn(at)).at(-1) ?? 0;
      const holder = await holderOf(at, highest);
      if (holder === undefined || !(await isAlive(holder))) {
        if (await take(at, draft, highest + 1)) return { lock: { release } };
      } else if (performance.now() >= until) {
        release();
        return { heldBy: holder };
      } else await sleep(LOOK_EVERY_MS);
    }
  } catch (error) {
    release();
    throw error;
  } finally {
    await rm(draft, { force: true });
  }
}

/** Makes the file of that number. False if another process has it or a higher one. */
async function take(at: string, draft: string, number: number): Promise<boolean> {
  try {
    await link(draft, fileOf(at, number));
  } catch (error) {
    if (hasCode(error, 'EEXIST')) return false;
    throw error;
  }
  const numbers = await numbersIn(at);
  if (numbers.at(-1) !== number) {
    await rm(fileOf(at, number), { force: true });
    return false;
  }
  await Promise.all(numbers.slice(0, -1).map((lower) => rm(fileOf(at, lower), { force: true })));
  return true;
}

function fileOf(at: string, number: number): string {
  return join(at, `${number}.json`);
}

/** Ascending. */
async function numbersIn(at: string): Promise<readonly number[]> {
  const numbers = (await readdir(at)).map((name) => Number(/^(\d+)\.json$/.exec(name)?.[1] ?? NaN));
  return numbers.filter(Number.isSafeInteger).sort((a, b) => a - b);
}

/**
 * Undefined if there is none, or none any more. Throws if the file is not one of ours, because then the holder can't be
 * known.
 */
async function holderOf(at: string, number: number): Promise<Holder | undefined> {
  if (number === 0) return undefined;
  const file = fileOf(at, number);
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return undefined;
    throw error;
  }
  try {
    return holderSchema.parse(JSON.parse(text));
  } catch (error) {
    throw new Error(
      `${file} is no lock file of gpu-job-runner. If nothing uses the folder, delete the folder ${at} and start again.`,
      { cause: error },
    );
  }
}
