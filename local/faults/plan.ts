// A seed's plan of faults: how often any call fails, and what else is aimed at.
import type { Random } from '../kernel/random';
import { type FaultKind, faultsOf } from './fault';

/** Where a fault may happen: a call by `<port>.<method>`, and the state of what it is about. */
export interface CallPoint {
  readonly call: string;
  readonly state: string;
}

/** How often each thing happened while faults could: points reached by `call state`, faults by `kind call state`. */
export interface Coverage {
  readonly reached: Map<string, number>;
  readonly hit: Map<string, number>;
}

export interface FaultPlan {
  /** Counts the point; the fault that happens there, if one does. */
  at(point: CallPoint): FaultKind | undefined;
  /** From here on nothing fails, and nothing is counted. */
  calm(): void;
  isCalm(): boolean;
  readonly coverage: Coverage;
  faults(): number;
}

export interface PlanOptions {
  /** Of any call to fail. */
  readonly rate: number;
  /** Asked at each point that is reached: the fault that is to happen there, if any. */
  readonly aim: (point: CallPoint) => FaultKind | undefined;
  /** No more than so many in all. */
  readonly most: number;
}

export function createFaultPlan(random: Random, { rate, aim, most }: PlanOptions): FaultPlan {
  const coverage: Coverage = { reached: new Map(), hit: new Map() };
  let isCalm = false;
  let faults = 0;
  return {
    at: (point) => {
      if (isCalm) return undefined;
      const place = `${point.call} ${point.state}`;
      count(coverage.reached, place);
      if (faults >= most) return undefined;
      const kind =
        aim(point) ?? (random.chance(rate) ? random.pick(faultsOf(point.call, point.state)) : undefined);
      if (kind === undefined) return undefined;
      faults += 1;
      count(coverage.hit, `${kind} ${place}`);
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
