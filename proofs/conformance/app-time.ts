// Makes the timers of a Functions app virtual, as long as they are set within an invocation.
import { AsyncLocalStorage } from 'node:async_hooks';
import { syncBuiltinESMExports } from 'node:module';
import nodeTimers from 'node:timers';
import timersPromises from 'node:timers/promises';

import type { Timer, Timers } from '../../standins/kernel/timers';

/** One invocation of the app, with the virtual timers that it waits for. */
interface Sleeper {
  readonly timers: Set<Timer>;
}

export interface AppTime {
  /** Runs an invocation. Timers that are set within it, however deep, run in the virtual time of `timers`. */
  run<T>(timers: Timers, work: () => Promise<T>): Promise<T>;
  /** Resolves when every invocation under way sleeps or is over, so that only virtual time can move it on. */
  idle(): Promise<void>;
}

/** How long an invocation may do real work (files, network) before the run fails, milliseconds. */
const MAX_WORK_MS = 20_000;

/**
 * Replaces the process's timers. Call it once, before the app is loaded. Outside invocations timers stay real and do
 * not keep the process alive.
 */
export function installAppTime(): AppTime {
  const real = { setTimeout: globalThis.setTimeout, setInterval: globalThis.setInterval };
  const immediate = globalThis.setImmediate;
  const awake = new Set<Sleeper>();
  const current = new AsyncLocalStorage<{ sleeper: Sleeper; timers: Timers }>();

  const sleep = (delayMs: number | undefined, repeats: boolean, call: () => void): Cancelable | undefined => {
    const store = current.getStore();
    if (store === undefined) return undefined;
    const { sleeper, timers } = store;
    const delay = Math.max(1, delayMs ?? 1);
    let timer: Timer;
    const set = (): void => {
      timer = timers.after(delay, () => {
        sleeper.timers.delete(timer);
        if (repeats) set();
        current.run(store, call);
      });
      sleeper.timers.add(timer);
    };
    set();
    return new Cancelable(() => {
      timer.cancel();
      sleeper.timers.delete(timer);
    });
  };

  const replace = (repeats: boolean) => {
    const original = repeats ? real.setInterval : real.setTimeout;
    return (call: (...args: unknown[]) => void, delayMs?: number, ...args: unknown[]): unknown =>
      sleep(delayMs, repeats, () => call(...args)) ?? original(call, delayMs, ...args).unref();
  };
  const clear = (original: (timer: NodeJS.Timeout) => void) => (timer: unknown) => {
    if (timer instanceof Cancelable) timer.close();
    else original(timer as NodeJS.Timeout);
  };
  const patch = {
    setTimeout: replace(false),
    setInterval: replace(true),
    clearTimeout: clear(globalThis.clearTimeout),
    clearInterval: clear(globalThis.clearInterval),
  };
  Object.assign(globalThis, patch);
  Object.assign(nodeTimers, patch);
  const realSleep = timersPromises.setTimeout;
  Object.assign(timersPromises, {
    setTimeout: (delayMs?: number, value?: unknown) =>
      current.getStore() === undefined
        ? realSleep(delayMs, value, { ref: false })
        : new Promise((resolve) => sleep(delayMs, false, () => resolve(value))),
  });
  syncBuiltinESMExports();

  const turn = (): Promise<void> => new Promise((resolve) => immediate(resolve));
  return {
    run: async (timers, work) => {
      const sleeper: Sleeper = { timers: new Set() };
      awake.add(sleeper);
      try {
        return await current.run({ sleeper, timers }, work);
      } finally {
        awake.delete(sleeper);
        for (const timer of sleeper.timers) timer.cancel();
      }
    },
    idle: async () => {
      const started = performance.now();
      await turn();
      while ([...awake].some(({ timers }) => timers.size === 0)) {
        if (performance.now() - started > MAX_WORK_MS)
          throw new Error(`An invocation neither ended nor slept within ${MAX_WORK_MS} ms.`);
        await turn();
      }
      await turn();
    },
  };
}

/** Takes the place of a NodeJS.Timeout. */
class Cancelable {
  readonly close: () => void;

  constructor(close: () => void) {
    this.close = close;
  }

  ref(): this {
    return this;
  }

  unref(): this {
    return this;
  }

  hasRef(): boolean {
    return true;
  }
}
