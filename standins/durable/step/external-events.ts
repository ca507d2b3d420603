// External events within one replay: who waits for one, and which have come that were not awaited.
import { completed, createPendingSource, type Pending, type PendingSource } from '../worker/pending';

export interface ExternalEvents {
  waitFor(name: string): Pending<unknown>;
  raise(name: string): void;
}

/**
 * Compares names without regard to case. An event goes to the latest wait. Without a wait it is kept, first in, first
 * out. What an event carries does not matter here, because JavaScript reads it from the history.
 */
export function createExternalEvents(): ExternalEvents {
  const waiting = new Map<string, PendingSource<unknown>[]>();
  const buffered = new Map<string, number>();
  return {
    waitFor: (name) => {
      const key = name.toLowerCase();
      const kept = buffered.get(key) ?? 0;
      if (kept > 0) {
        buffered.set(key, kept - 1);
        return completed(undefined);
      }
      const source = createPendingSource<unknown>();
      waiting.set(key, [...(waiting.get(key) ?? []), source]);
      return source;
    },
    raise: (name) => {
      const key = name.toLowerCase();
      const last = waiting.get(key)?.pop();
      if (last === undefined) buffered.set(key, (buffered.get(key) ?? 0) + 1);
      else last.settle({ kind: 'completed', value: undefined });
    },
  };
}
