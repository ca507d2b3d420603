// A journal on disk, in an LMDB file: survives the process, the machine too once a commit has resolved.
import { open } from 'lmdb';

import type { Journal } from './journal';
import { byCodeUnit } from './ordered-keys';

/** A change that has been asked for and is not durable yet; `batch` tells whether a later one has replaced it. */
interface Pending {
  readonly batch: number;
  readonly value: unknown;
  readonly removed: boolean;
}

/** LMDB refuses longer keys (its page size bounds them); in UTF-8 bytes. */
const MAX_KEY_BYTES = 1978;

/**
 * Opens the journal at `path` (a file; its folder is made), or makes an empty one. Throws when another process has
 * damaged it.
 */
export function openLmdbJournal(path: string): Journal {
  const db = open<unknown, string>({ path, encoding: 'json', noSubdir: true });
  const pending = new Map<string, Pending>();
  let batches = 0;

  return {
    get: (key) => {
      const waiting = pending.get(key);
      if (waiting === undefined) return db.get(key);
      return waiting.removed ? undefined : waiting.value;
    },
    entries: (prefix) => {
      const found = new Map<string, unknown>();
      for (const { key, value } of db.getRange({ start: prefix, end: afterPrefix(prefix) }))
        found.set(key, value);
      for (const [key, waiting] of pending) {
        if (!key.startsWith(prefix)) continue;
        if (waiting.removed) found.delete(key);
        else found.set(key, waiting.value);
      }
      return [...found].sort(([left], [right]) => byCodeUnit(left, right));
    },
    commit: async (changes) => {
      const batch = ++batches;
      for (const change of changes) {
        const key = 'put' in change ? change.put : change.remove;
        if (Buffer.byteLength(key) > MAX_KEY_BYTES)
          throw new RangeError(`A journal key has at most ${MAX_KEY_BYTES} bytes: "${key.slice(0, 100)}…"`);
      }
      const written = changes.map((change) =>
        'put' in change
          ? { key: change.put, value: structuredClone(change.value), removed: false }
          : { key: change.remove, value: undefined, removed: true },
      );
      for (const { key, value, removed } of written) pending.set(key, { batch, value, removed });
      const committed = db.batch(() => {
        // The outcome of each is that of the batch, awaited below.
        for (const { key, value, removed } of written) void (removed ? db.remove(key) : db.put(key, value));
      });
      await committed;
      await db.flushed;
      for (const { key } of written) if (pending.get(key)?.batch === batch) pending.delete(key);
    },
    close: () => db.close(),
  };
}

/** The first key after every key that starts with `prefix`. */
function afterPrefix(prefix: string): string {
  return `${prefix}\uffff`;
}
