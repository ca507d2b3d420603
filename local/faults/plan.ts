// A seed's plan of faults: how often any call fails, and the few that it aims at.
import type { Random } from '../kernel/random';
import { type FaultKind, faultsOf } from './fault';

/** Where a fault may happen: a call by `<port>.<method>`, and the state of what it is about. */
export interface CallPoint {
  readonly call: string;
  readonly state: string;
}

/** How often each thing happened, by `kind call state`; reached points by `call state`. */
export interface Coverage {
  readonly reached: Map<string, number>;
  readonly hit: Map<string, number>;
}

export interface FaultPlan {
  /** Counts the point; the fault that happens there, if one does. */
  at(point: CallPoint): FaultKind | undefined;
  /** From here on nothing fails. */
  calm(): void;
  readonly coverage: Coverage;
  faults(): number;
}

export interface PlanOptions {
  /** Of any call to fail. */
  readonly rate: number;
  /** The first or second time that a point is reached, this fault happens. */
  readonly targets: readonly (CallPoint & { readonly kind: FaultKind })[];
  /** No more than so many in all. */
  readonly most: number;
}

export function createFaultPlan(random: Random, options: PlanOptions): FaultPlan {
  const coverage: Coverage = { reached: new Map(), hit: new Map() };
  const targets = new Map(
    options.targets.map(({ call, state, kind }) => [`${call} ${state}`, { kind, skip: random.int(0, 1) }]),
  );
  let isCalm = false;
  let faults = 0;

  const choose = (place: string, call: string): FaultKind | undefined => {
    const target = targets.get(place);
    if (target !== undefined) {
      if (target.skip === 0) {
        targets.delete(place);
        return target.kind;
      }
      target.skip -= 1;
    }
    return random.chance(options.rate) ? random.pick(faultsOf(call)) : undefined;
  };

  return {
    at: ({ call, state }) => {
      const place = `${call} ${state}`;
      count(coverage.reached, place);
      if (isCalm || faults >= options.most) return undefined;
      const kind = choose(place, call);
      if (kind === undefined) return undefined;
      faults += 1;
      count(coverage.hit, `${kind} ${place}`);
      return kind;
    },
    calm: () => {
      isCalm = true;
    },
    coverage,
    faults: () => faults,
  };
}

function count(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}
