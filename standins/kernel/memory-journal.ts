// A journal that lives as long as the process, for tests, simulations and the conformance run.
import type { Journal, JournalChange } from './journal';
import { OrderedKeys } from './ordered-keys';

export interface MemoryJournal extends Journal {
  /**
   * Everything that is durable now, as JSON texts by key: what another process would find after a crash at this moment.
   */
  snapshot(): ReadonlyMap<string, string>;
}

export interface MemoryJournalOptions {
  /** What an earlier life left; see {@link MemoryJournal.snapshot}. */
  readonly from?: ReadonlyMap<string, string>;
  /** Called after every commit, before its promise resolves. Tests take their snapshots here. */
  readonly onCommit?: (journal: MemoryJournal) => void;
}

interface Stored {
  readonly text: string;
  /** The text's value once it has been read, frozen, because histories are read again at each episode. */
  value?: unknown;
}

/**
 * Values are kept as JSON text, so that no writer can change what is stored, and are read frozen, so that no reader
 * can.
 */
export function createMemoryJournal(options: MemoryJournalOptions = {}): MemoryJournal {
  const stored = new Map<string, Stored>([...(options.from ?? [])].map(([key, text]) => [key, { text }]));
  const keys = new OrderedKeys(stored.keys());
  const read = (key: string): unknown => {
    const found = stored.get(key);
    if (found === undefined) return undefined;
    if (!('value' in found)) found.value = frozen(JSON.parse(found.text));
    return found.value;
  };

  const journal: MemoryJournal = {
    get: read,
    entries: (prefix) => keys.startingWith(prefix).map((key) => [key, read(key)] as const),
    commit: (changes) => {
      const written = changes.map((change) => textOf(change));
      changes.forEach((change, index) => {
        const text = written[index];
        if ('remove' in change) {
          stored.delete(change.remove);
          keys.remove(change.remove);
        } else if (text !== undefined) {
          stored.set(change.put, { text });
          keys.add(change.put);
        }
      });
      options.onCommit?.(journal);
      return Promise.resolve();
    },
    close: () => Promise.resolve(),
    snapshot: () => new Map([...stored].map(([key, { text }]) => [key, text])),
  };
  return journal;
}

function textOf(change: JournalChange): string | undefined {
  if ('remove' in change) return undefined;
  const text = JSON.stringify(change.value) as string | undefined;
  if (text === undefined)
    throw new TypeError(`The journal holds JSON values only; "${change.put}" has none.`);
  return text;
}

function frozen(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  for (const member of Object.values(value)) frozen(member);
  return Object.freeze(value);
}
