// A process that stands still before a call until what the call is about has been brought to another state by others.
import type { FaultPlan } from '../../local/faults/plan';
import type { Random } from '../../local/kernel/random';
import { BOUNDED, comesAfter, type Quarry } from './quarry';

export interface Straggler {
  readonly isWanted: boolean;
  /** Whether a process that is about to make this call stands still now. True once a run. */
  catches(call: string, state: string): boolean;
  /** For a pass over everything: whether so much has changed that it may go on. */
  isRipe: () => boolean;
  /** Whether it still does, what the call is about being in this state. */
  waits(state: string): boolean;
}

/** Mostly the first process that comes by, else a later one. */
const CHANCE = 0.6;

export function createStraggler(random: Random, plan: FaultPlan, quarry: Quarry | undefined): Straggler {
  const isWanted = quarry !== undefined && quarry.call !== BOUNDED;
  let isOver = !isWanted;
  const straggler: Straggler = {
    isWanted,
    isRipe: () => false,
    catches: (call, state) => {
      if (isOver || call !== quarry?.call || !comesAfter(state, quarry.state) || plan.isCalm()) return false;
      isOver = random.chance(CHANCE);
      return isOver;
    },
    waits: (state) => !plan.isCalm() && (state === '-' ? !straggler.isRipe() : state !== quarry?.state),
  };
  return straggler;
}
