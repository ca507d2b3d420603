// The faults that are armed: some meet the next calls and are used up, some hold until they are replaced.
import type { Fault, FaultKind, FaultOf } from './fault';

/** Faults that meet a number of calls. */
type CountedKind = Extract<Fault, { count: number }>['kind'];
/** Faults that hold until another of the kind replaces them. */
type HeldKind = Exclude<FaultKind, CountedKind>;

export interface FaultBook {
  arm(fault: Fault): void;
  /** Uses one up. `fits` chooses among those of the kind. */
  take<Kind extends CountedKind>(
    kind: Kind,
    fits?: (fault: FaultOf<Kind>) => boolean,
  ): FaultOf<Kind> | undefined;
  /** All that hold, the newest last. */
  held<Kind extends HeldKind>(kind: Kind): readonly FaultOf<Kind>[];
}

export function createFaultBook(): FaultBook {
  const counted: { fault: Fault; left: number }[] = [];
  const held: Fault[] = [];
  return {
    arm: (fault) => {
      if ('count' in fault) counted.push({ fault, left: fault.count });
      else held.push(fault);
    },
    take: (kind, fits = () => true) => {
      for (const entry of counted) {
        if (entry.left === 0 || !isOfKind(entry.fault, kind) || !fits(entry.fault)) continue;
        entry.left -= 1;
        return entry.fault;
      }
      return undefined;
    },
    held: (kind) => held.filter((fault) => isOfKind(fault, kind)),
  };
}

function isOfKind<Kind extends FaultKind>(fault: Fault, kind: Kind): fault is FaultOf<Kind> {
  return fault.kind === kind;
}
