// A journal on disk, in an LMDB file. It survives the process, and once a commit has resolved also the machine.
import { open } from 'lmdb';

import type { Journal } from './journal';
import { byCodeUnit } from './ordered-keys';

/** A change that is not durable yet. `batch` tells whether a later one has replaced it. */
interface Pending {
  readonly batch: number;
  readonly value: unknown;
  readonly removed: boolean;
}

/** The longest key in UTF-8 bytes. LMDB refuses longer ones, because its page size bounds them. */
const MAX_KEY_BYTES = 1978;

/**
 * Opens the journal at `path`, or makes an empty one. The path is a file, whose folder is made. Throws if another
 * process has damaged it.
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
        // Each write's outcome is the batch's, which is awaited below.
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
