// What the parts of one engine share: its ports, its state, and the only way to change that state.
import type { Clock } from '../kernel/clock';
import type { Journal, JournalChange } from '../kernel/journal';
import type { Timers } from '../kernel/timers';
import type { Stamp } from './history/stamps';
import { KEYS } from './keys';
import type { Message } from './message';
import type { Store } from './store';
import type { DurableInvoker } from './worker/invoker';

type Log = (level: 'information' | 'warning' | 'error', message: string) => void;

export interface Hub {
  readonly store: Store;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly stamp: Stamp;
  readonly newId: () => string;
  readonly invoker: DurableInvoker;
  readonly log: Log;
  /** True from the beginning of stop() on: what runs may finish, and nothing may begin. */
  isStopping(): boolean;
  /** Resolves after `delayMs`, or at once when the engine stops. */
  sleep(delayMs: number): Promise<void>;
  /** Makes changes and messages durable together, then wakes the receivers. Nothing acts on them before it resolves. */
  commit(changes: readonly JournalChange[], messages?: readonly Message[]): Promise<void>;
  /** Work that stop() waits for. A rejection is logged, because it is a defect or the journal cannot be written. */
  track(what: string, work: Promise<void>): void;
}

export interface HubParts extends Omit<Hub, 'commit' | 'track' | 'sleep' | 'isStopping'> {
  readonly journal: Journal;
  /** Called for each instance that has got messages. */
  readonly wake: (instanceId: string) => void;
}

export interface RunningHub extends Hub {
  /** Resolves when no tracked work is under way. */
  stop(): Promise<void>;
}

export function createHub({ journal, wake, ...parts }: HubParts): RunningHub {
  const underWay = new Set<Promise<void>>();
  const sleepers = new Set<() => void>();
  let stopping = false;
  return {
    ...parts,
    isStopping: () => stopping,
    sleep: (delayMs) =>
      new Promise((resolve) => {
        const timer = parts.timers.after(delayMs, () => wakeUp());
        const wakeUp = (): void => {
          timer.cancel();
          sleepers.delete(wakeUp);
          resolve();
        };
        sleepers.add(wakeUp);
        if (stopping) wakeUp();
      }),
    commit: async (changes, messages = []) => {
      const mail = messages.map((message) => ({
        put: KEYS.message(message.instanceId, parts.store.nextSequence()),
        value: message,
      }));
      await journal.commit([...changes, ...mail]);
      for (const message of messages) wake(message.instanceId);
    },
    track: (what, work) => {
      const tracked = work
        .catch((error: unknown) => {
          const reason = error instanceof Error ? (error.stack ?? error.message) : String(error);
          parts.log('error', `${what} broke off: ${reason}`);
        })
        .finally(() => underWay.delete(tracked));
      underWay.add(tracked);
    },
    stop: async () => {
      stopping = true;
      for (const wakeUp of sleepers) wakeUp();
      while (underWay.size > 0) await Promise.all(underWay);
    },
  };
}
