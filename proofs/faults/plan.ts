// A seed's plan of faults: how often any call fails, and which faults are aimed at a place.
import type { Random } from '../../standins/kernel/random';
import { type Fault, type FaultKind, faultsOf, textOfFault } from './fault';

/** A place for a fault: a call by `<port>.<method>`, and the state of what the call is about. */
export interface CallPoint {
  readonly call: string;
  readonly state: string;
}

/**
 * How often each thing happened while faults were possible: points reached by `call state`, faults by `kind call
 * state`.
 */
interface Coverage {
  readonly reached: Map<string, number>;
  readonly hit: Map<string, number>;
}

export interface FaultPlan {
  /** Counts the point. Returns the fault that happens there, if any. */
  at(point: CallPoint): FaultKind | undefined;
  /** From this call on nothing fails and nothing is counted. */
  calm(): void;
  isCalm(): boolean;
  readonly coverage: Coverage;
  faults(): number;
}

export interface PlanOptions {
  /** The chance that any call fails. */
  readonly rate: number;
  /** Called at each point that is reached. Returns the fault that must happen there, if any. */
  readonly aim: (point: CallPoint) => FaultKind | undefined;
  /** After so many faults, forced ones included, chance and aim add no more. */
  readonly most: number;
  /** Faults that happen the first time that a call comes to their place, whatever chance says. */
  readonly forced?: readonly Fault[];
}

export function createFaultPlan(random: Random, { rate, aim, most, forced = [] }: PlanOptions): FaultPlan {
  const coverage: Coverage = { reached: new Map(), hit: new Map() };
  let isCalm = false;
  let faults = 0;
  const due = [...forced];

  const forcedAt = ({ call, state }: CallPoint): FaultKind | undefined => {
    const index = due.findIndex((fault) => fault.call === call && fault.state === state);
    return index < 0 ? undefined : due.splice(index, 1)[0]?.kind;
  };

  const chanceAt = (point: CallPoint): FaultKind | undefined => {
    if (faults >= most) return undefined;
    return aim(point) ?? (random.chance(rate) ? random.pick(faultsOf(point.call, point.state)) : undefined);
  };

  return {
    at: (point) => {
      if (isCalm) return undefined;
      count(coverage.reached, `${point.call} ${point.state}`);
      const kind = forcedAt(point) ?? chanceAt(point);
      if (kind === undefined) return undefined;
      faults += 1;
      count(coverage.hit, textOfFault({ kind, ...point }));
      return kind;
    },
    calm: () => {
      isCalm = true;
    },
    isCalm: () => isCalm,
    coverage,
    faults: () => faults,
  };
}

function count(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}
