// What everything in one simulated run shares: virtual time, chance, the plan of faults and the story so far.
import { clockOffsetMs, DEFAULT_TIMES, type ProtocolTimes } from '../../../domain/attempt/protocol-times';
import type { Random } from '../../../standins/kernel/random';
import { createVirtualTime, type VirtualTime } from '../../../standins/kernel/virtual-time';
import type { FaultPlan } from '../../faults/plan';
import type { Straggler } from './straggler';

/** One line of a run's story. */
export interface Told {
  /** Milliseconds since the run began. */
  readonly at: number;
  readonly who: string;
  readonly what: string;
}

export interface World {
  readonly random: Random;
  readonly plan: FaultPlan;
  readonly straggler: Straggler;
  /** The deployments' settings, and how late the platform may be in keeping them. */
  readonly times: ProtocolTimes;
  readonly time: VirtualTime;
  /** The most that any host's wall clock is off the server's in either direction, milliseconds. */
  readonly clockOffsetMs: number;
  /** Epoch milliseconds at which the run began. */
  readonly startedAt: number;
  /** Whether the story is wanted. Telling it costs time. */
  readonly traced: boolean;
  readonly story: readonly Told[];
  now(): number;
  /** Resolves after so many virtual milliseconds. */
  sleep(ms: number): Promise<void>;
  later(ms: number, run: () => void): void;
  tell(who: string, what: string | (() => string)): void;
  /** Hex digits that are unique in this run. */
  newId(): string;
}

/** 2026-01-05T08:00:00Z. */
const START = 1_767_600_000_000;

/** A third of the defaults, in the same order. They make most runs that much shorter. */
export const SHORT_TIMES: ProtocolTimes = {
  createBoundS: 20,
  absentForS: 20,
  unknownFateS: 200,
  unknownWorkloadS: 300,
  deleteAgainS: 40,
  overdueS: 600,
  createRequestS: 40,
  retryBackoffS: 4,
  capacityBackoffS: 20,
  longestCapacityBackoffS: 600,
  storyPromiseS: 100,
  logQuietS: 60,
  logGiveUpS: 600,
};

export function createWorld(
  random: Random,
  plan: FaultPlan,
  straggler: Straggler,
  traced: boolean,
  times: ProtocolTimes = DEFAULT_TIMES,
): World {
  const time = createVirtualTime(START);
  const story: Told[] = [];
  let ids = 0;
  const now = (): number => time.clock.now();
  return {
    random,
    plan,
    straggler,
    times,
    clockOffsetMs: clockOffsetMs(times),
    time,
    startedAt: START,
    traced,
    story,
    now,
    sleep: (ms) => new Promise((resolve) => void time.timers.after(ms, resolve)),
    later: (ms, run) => void time.timers.after(ms, run),
    tell: (who, what) => {
      if (traced) story.push({ at: now() - START, who, what: typeof what === 'string' ? what : what() });
    },
    newId: () => (++ids).toString(16).padStart(32, '0'),
  };
}

/**
 * A promise that never settles: what a dead process waits for. Each call makes a new one, so that none collects
 * waiters.
 */
export function never<T>(): Promise<T> {
  return new Promise<T>(() => undefined);
}
