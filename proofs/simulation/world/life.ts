// One life of a process, from its start to its crash. What it still waited for then never comes.
import { RetryableError } from '../../../domain/errors';
import type { Clock } from '../../../domain/ports/clock';
import type { FaultKind } from '../../faults/fault';
import type { CallPoint } from '../../faults/plan';
import { never, type World } from './world';

export interface Life {
  readonly name: string;
  isAlive(): boolean;
  /**
   * Its own clocks. The wall clock is at most as far off as its platform allows; the monotonic clock begins anywhere.
   */
  readonly clock: Clock;
  /** Whether it stands still where the seed wants it to. It then takes up no new work. */
  isStraggling(): boolean;
  /** For so long, milliseconds, nothing that this process waits for comes. */
  freeze(ms: number): void;
  /** For so long, milliseconds, other work runs within most of its calls. */
  dawdle(ms: number): void;
  crash(): void;
  /** Resolves when the process may make the call about something in this state; undefined: it may now. */
  heldUp(call: string, state: () => string): Promise<void> | undefined;
  /** A call of the outside world about something in this state. What goes wrong with the call goes wrong here. */
  call<T>(call: string, state: () => string, effect: () => Promise<T>): Promise<T>;
  /** The result, once this life may go on; never, if it is over. */
  resumed<T>(result: Promise<T>): Promise<T>;
}

/**
 * How long a caller is stopped, seconds: a pause of its process, up to nearly three times as long as a create's fate
 * stays unknown.
 */
const STOPS_S = [2, 20, 70, 150, 240, 400, 560, 1_000, 1_500] as const;
/** The longest stop, as a multiple of the time after which a create's fate is known. */
const LONGEST_STOP = 3;
/** How late an effect may come, milliseconds: storage requests are bounded in time. */
const SLOWEST_MS = 40_000;
/** How often a straggler looks whether it may go on, milliseconds. */
const STRAGGLER_LOOKS_MS = 150;
/** The longest times for which other work runs within a call. Now and then a call takes seconds. */
const LONGEST_HOPS_MS = [400, 400, 400, 4_000] as const;
/** The part of the calls within which other work runs; then the same for a process that dawdles. */
const HOPS = 0.2;
const DAWDLING_HOPS = 0.8;

/** `skewMs`: how far its wall clock is off the server's; absent: at most as far as a host's may be. */
export function beginLife(
  world: World,
  name: string,
  onCrash: () => void,
  skewMs = world.random.int(-world.clockOffsetMs, world.clockOffsetMs),
): Life {
  const { random, plan } = world;
  const monotonicBase = random.int(0, 1_000_000);
  let alive = true;
  let frozenUntil = 0;
  let dawdlesUntil = 0;
  let straggles = false;

  const isAlive = (): boolean => alive;

  const crash = (): void => {
    if (!alive) return;
    alive = false;
    world.tell(name, 'CRASHES');
    onCrash();
  };

  const thawed = async (): Promise<void> => {
    while (alive && world.now() < frozenUntil) await world.sleep(frozenUntil - world.now());
  };

  const isFrozen = (): boolean => world.now() < frozenUntil;

  const resumed = async <T>(result: Promise<T>): Promise<T> => {
    try {
      const value = await result;
      if (isFrozen()) await thawed();
      return alive ? value : await never<T>();
    } catch (error) {
      if (isFrozen()) await thawed();
      if (!alive) return never<T>();
      throw error;
    }
  };

  const faulty = <T>(kind: FaultKind, point: CallPoint, effect: () => Promise<T>): Promise<T> => {
    world.tell(name, () => `fault ${kind} at ${point.call} (${point.state})`);
    const ways: Partial<Record<FaultKind, () => Promise<T>>> = {
      'fail-before': () => Promise.reject(injected(point)),
      'fail-after': async () => {
        await effect();
        throw injected(point);
      },
      twice: async () => {
        await effect();
        return effect();
      },
      slow: async () => {
        await world.sleep(random.int(500, SLOWEST_MS));
        return effect();
      },
      late: () => {
        const result = effect();
        frozenUntil = world.now() + stopMs(world);
        return result;
      },
      'crash-before': () => {
        crash();
        return never<T>();
      },
      'crash-after': async () => {
        await effect();
        crash();
        return never<T>();
      },
    };
    return (ways[kind] ?? effect)();
  };

  const straggle = async (call: string, state: () => string): Promise<void> => {
    const until = world.now() + random.int(2, LONGEST_STOP) * world.times.unknownFateS * 1000;
    world.tell(name, () => `stands still before ${call} (${state()})`);
    straggles = true;
    while (alive && world.now() < until && world.straggler.waits(state())) {
      frozenUntil = world.now() + STRAGGLER_LOOKS_MS;
      await Promise.race([world.sleep(STRAGGLER_LOOKS_MS), world.straggler.change()]);
    }
    frozenUntil = world.now();
    straggles = false;
    world.straggler.goesOn(state());
    if (alive) world.tell(name, () => `goes on with ${call} (${state()})`);
  };

  const heldUp = (call: string, state: () => string): Promise<void> | undefined => {
    if (!alive) return never();
    if (isFrozen()) return thawed().then(() => heldUp(call, state));
    return world.straggler.catches(call, state())
      ? straggle(call, state).then(() => heldUp(call, state))
      : undefined;
  };

  return {
    name,
    isAlive,
    isStraggling: () => straggles,
    clock: {
      now: () => world.now() + skewMs,
      monotonic: () => world.now() - world.startedAt + monotonicBase,
    },
    freeze: (ms) => {
      frozenUntil = Math.max(frozenUntil, world.now() + ms);
    },
    dawdle: (ms) => {
      dawdlesUntil = world.now() + ms;
    },
    crash,
    resumed,
    heldUp,
    call: async (call, state, effect) => {
      const held = heldUp(call, state);
      if (held !== undefined) await held;
      const point = { call, state: state() };
      const kind = plan.at(point);
      if (kind !== undefined) return resumed(faulty(kind, point, effect));
      if (random.chance(world.now() < dawdlesUntil ? DAWDLING_HOPS : HOPS))
        await world.sleep(random.int(1, random.pick(LONGEST_HOPS_MS)));
      return isAlive() ? resumed(effect()) : never();
    },
  };
}

/**
 * The longest time for which a fault has effects after the last one: a caller may still be stopped, then restart, or be
 * taken over after a minute's tick.
 */
export function leftoversMs({ times }: World): number {
  return (LONGEST_STOP * times.unknownFateS + 400) * 1000;
}

export function stopMs({ random, times }: World): number {
  const stops = STOPS_S.filter((stop) => stop <= LONGEST_STOP * times.unknownFateS);
  return random.pick(random.chance(0.3) ? stops.slice(-2) : stops) * 1000;
}

function injected(point: CallPoint): RetryableError {
  return new RetryableError(`${point.call} did not answer (an injected fault)`);
}
