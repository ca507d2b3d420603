// A process that stands still before a call until what the call is about has been brought to another state by others.
import type { Random } from '../../../standins/kernel/random';
import type { FaultPlan } from '../../faults/plan';
import { BOUNDED, comesAfter, type Quarry } from '../steering/quarry';

export interface Straggler {
  readonly isWanted: boolean;
  /** Whether this is what the seed is after. */
  isAfter(quarry: Quarry): boolean;
  /** Whether a process stands still now. */
  stands(): boolean;
  /** Whether a process that is about to make this call stands still now. */
  catches(call: string, state: string): boolean;
  /** For a pass over everything: whether so much has changed that it may go on. */
  isRipe: () => boolean;
  /** Whether it still does, what the call is about being in this state. */
  waits(state: string): boolean;
  /** A row was changed. */
  rowsChanged(): void;
  /** Resolves at the next change of a row: what it brings may not last for long. */
  change(): Promise<void>;
  /** It goes on, what the call is about being in this state; another may stand still where this one waited in vain. */
  goesOn(state: string): void;
}

/** Mostly the first process that comes by, else a later one. */
const CHANCE = 0.6;
/** Most wait for something that does not come. */
const TRIES = 4;

export function createStraggler(random: Random, plan: FaultPlan, quarry: Quarry | undefined): Straggler {
  const isWanted = quarry !== undefined && quarry.call !== BOUNDED;
  let isOver = !isWanted;
  let tries = 0;
  let stands = false;
  let wake = (): void => undefined;
  const straggler: Straggler = {
    isWanted,
    isAfter: (other) => quarry === other,
    stands: () => stands,
    isRipe: () => false,
    catches: (call, state) => {
      if (isOver || call !== quarry?.call || plan.isCalm()) return false;
      if (!comesAfter(state, quarry.state) || state !== (quarry.from ?? state)) return false;
      if (!random.chance(CHANCE)) return false;
      isOver = true;
      stands = true;
      tries += 1;
      return true;
    },
    waits: (state) => !plan.isCalm() && (state === '-' ? !straggler.isRipe() : state !== quarry?.state),
    rowsChanged: () => {
      wake();
    },
    change: () =>
      new Promise((resolve) => {
        wake = resolve;
      }),
    goesOn: (state) => {
      stands = false;
      isOver = tries === TRIES || !straggler.waits(state);
    },
  };
  return straggler;
}
