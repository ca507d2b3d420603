// Virtual time for code that awaits: stores and queues that take a while to answer, and a loop that lets all waiting
// code run in between.
import { setImmediate as everybodyElse } from 'node:timers/promises';

import type { MessageQueue } from '../../../domain/ports/message-queue';
import { createRandom, type Random } from '../../../standins/kernel/random';
import { createVirtualTime, type VirtualTime } from '../../../standins/kernel/virtual-time';
import { NEW_YEAR } from '../rows';

export interface VirtualWorld {
  readonly time: VirtualTime;
  readonly random: Random;
  now(): number;
  readonly sleep: (ms: number) => Promise<void>;
  /** Runs everything that is due by then (epoch milliseconds), or until `isOver`. */
  runUntil(until: number, isOver?: () => boolean): Promise<void>;
}

export function createVirtualWorld(seed: number): VirtualWorld {
  const time = createVirtualTime(NEW_YEAR);
  const { clock, timers } = time;
  return {
    time,
    random: createRandom(seed),
    now: () => clock.now(),
    sleep: (ms) => new Promise((resolve) => void timers.after(ms, resolve)),
    runUntil: async (until, isOver = () => false) => {
      await everybodyElse();
      while (!isOver() && time.runNext(until)) await everybodyElse();
    },
  };
}

/** A request to the storage service within its region, milliseconds. */
const STORAGE_MS = [2, 12] as const;

/** The store with each call answered a little later, as over a network. */
export function distant<Store extends object>(world: VirtualWorld, store: Store): Store {
  return new Proxy(store, {
    get: (target, name) => {
      const value: unknown = Reflect.get(target, name, target);
      if (typeof value !== 'function') return value;
      return async (...args: unknown[]): Promise<unknown> => {
        await world.sleep(world.random.int(...STORAGE_MS));
        const answer: unknown = await Reflect.apply(value, target, args);
        return answer;
      };
    },
  });
}

/**
 * A queue whose messages come at least once, some time after they become visible, because its reader looks at intervals
 * (host.json: 2 s at most when idle).
 */
export function deliveringQueue(
  world: VirtualWorld,
  deliver: (text: string) => Promise<void>,
  lookMs: readonly [least: number, most: number],
): MessageQueue {
  return {
    send: (text, { delaySeconds = 0 } = {}) => {
      const after = delaySeconds * 1000 + world.random.int(...lookMs);
      world.time.timers.after(after, () => void deliver(text));
      return Promise.resolve();
    },
  };
}
