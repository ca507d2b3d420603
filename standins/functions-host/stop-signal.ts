// Waits that a stop cuts short.
import type { Timers } from '../kernel/timers';

export interface StopSignal {
  readonly isGiven: () => boolean;
  /** Ends every wait at once, including later ones. */
  give(): void;
  /** Resolves after `ms`, or sooner when the signal is given. */
  pause(ms: number): Promise<void>;
  /** Resolves when one of the promises is fulfilled, or sooner when the signal is given. */
  orFirst(promises: Iterable<Promise<unknown>>): Promise<void>;
}

export function createStopSignal(timers: Timers): StopSignal {
  let given = false;
  const waiting = new Set<() => void>();

  /**
   * A wait that ends when `begin` calls back or the signal is given. `begin` returns the function that calls it off.
   */
  const wait = (begin: (end: () => void) => () => void): Promise<void> =>
    new Promise((resolve) => {
      if (given) {
        resolve();
        return;
      }
      let callOff: () => void = () => undefined;
      const end = (): void => {
        waiting.delete(end);
        callOff();
        resolve();
      };
      waiting.add(end);
      callOff = begin(end);
    });

  return {
    isGiven: () => given,
    give: () => {
      given = true;
      for (const end of [...waiting]) end();
    },
    pause: (ms) =>
      wait((end) => {
        const timer = timers.after(ms, end);
        return () => timer.cancel();
      }),
    orFirst: (promises) =>
      wait((end) => {
        for (const promise of promises) void promise.then(end, () => undefined);
        return () => undefined;
      }),
  };
}
