// A process that stands still before a call until other processes have brought what the call is about to another state.
import type { Random } from '../../../standins/kernel/random';
import type { FaultPlan } from '../../faults/plan';
import { BOUNDED, comesAfter, type Quarry } from '../steering/quarry';

export interface Straggler {
  readonly isWanted: boolean;
  /** Whether the seed hunts for this. */
  isAfter(quarry: Quarry): boolean;
  /** Whether a process stands still now. */
  stands(): boolean;
  /** Whether a process that is about to make this call stands still now. */
  catches(call: string, state: string): boolean;
  /** Whether something may come of standing still now. */
  isWorthwhile: () => boolean;
  /** For a pass over everything: whether enough has changed for it to go on. */
  isRipe: () => boolean;
  /** Whether it still stands still when what the call is about is in this state. */
  waits(state: string): boolean;
  /** A row was changed. */
  rowsChanged(): void;
  /** Resolves at the next change of a row: what it brings may not last for long. */
  change(): Promise<void>;
  /**
   * It goes on, with what the call is about in this state. Another process may stand still where this one waited in
   * vain.
   */
  goesOn(state: string): void;
}

/** Mostly the first process that comes by stands still, else a later one. */
const CHANCE = 0.6;
/** How many processes may stand still. Most wait for something that does not come. */
const TRIES = 4;

export function createStraggler(random: Random, plan: FaultPlan, quarry: Quarry | undefined): Straggler {
  const isWanted = quarry !== undefined && !BOUNDED.includes(quarry.call);
  let isOver = !isWanted;
  let tries = 0;
  let stands = false;
  let wake = (): void => undefined;
  const straggler: Straggler = {
    isWanted,
    isAfter: (other) => quarry === other,
    stands: () => stands,
    isWorthwhile: () => true,
    isRipe: () => false,
    catches: (call, state) => {
      if (isOver || call !== quarry?.call || plan.isCalm()) return false;
      if (!comesAfter(state, quarry.state) || state !== (quarry.from ?? state)) return false;
      if (!straggler.isWorthwhile() || !random.chance(CHANCE)) return false;
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
