// What a controller still has to look at: each key once, at the earliest time that anybody asked for.
import type { Clock } from '../../kernel/clock';
import type { Timer, Timers } from '../../kernel/timers';

export interface WorkQueue {
  /** Looks at `key` in `delayMs`, or earlier where that is asked for already. */
  add(key: string, delayMs?: number): void;
  /** Nothing is looked at any more. */
  close(): void;
}

export function createWorkQueue(
  { clock, timers }: { readonly clock: Clock; readonly timers: Timers },
  look: (key: string) => void,
): WorkQueue {
  const due = new Map<string, { readonly at: number; readonly timer: Timer }>();
  return {
    add: (key, delayMs = 0) => {
      const at = clock.monotonic() + delayMs;
      const before = due.get(key);
      if (before && before.at <= at) return;
      before?.timer.cancel();
      const timer = timers.after(delayMs, () => {
        due.delete(key);
        look(key);
      });
      due.set(key, { at, timer });
    },
    close: () => {
      for (const { timer } of due.values()) timer.cancel();
      due.clear();
    },
  };
}
