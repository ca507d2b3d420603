// A journal that lives as long as the process: for tests, simulations and the conformance run.
import type { Journal, JournalChange } from './journal';
import { OrderedKeys } from './ordered-keys';

export interface MemoryJournal extends Journal {
  /** Everything that is durable now, as JSON texts by key: what another process would find after a crash at this moment. */
  snapshot(): ReadonlyMap<string, string>;
}

export interface MemoryJournalOptions {
  /** What an earlier life left; see {@link MemoryJournal.snapshot}. */
  readonly from?: ReadonlyMap<string, string>;
  /** Called after every commit, before its promise resolves: where a test takes its snapshots. */
  readonly onCommit?: (journal: MemoryJournal) => void;
}

/** Values are kept as JSON text, so that no reader can change what is stored. */
export function createMemoryJournal(options: MemoryJournalOptions = {}): MemoryJournal {
  const texts = new Map<string, string>(options.from);
  const keys = new OrderedKeys(texts.keys());

  const journal: MemoryJournal = {
    get: (key) => {
      const text = texts.get(key);
      return text === undefined ? undefined : (JSON.parse(text) as unknown);
    },
    entries: (prefix) =>
      keys.startingWith(prefix).map((key) => [key, JSON.parse(texts.get(key) ?? 'null') as unknown] as const),
    commit: (changes) => {
      const written = changes.map((change) => textOf(change));
      changes.forEach((change, index) => {
        const text = written[index];
        if ('remove' in change) {
          texts.delete(change.remove);
          keys.remove(change.remove);
        } else if (text !== undefined) {
          texts.set(change.put, text);
          keys.add(change.put);
        }
      });
      options.onCommit?.(journal);
      return Promise.resolve();
    },
    close: () => Promise.resolve(),
    snapshot: () => new Map(texts),
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
