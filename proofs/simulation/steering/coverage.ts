// Finds which faults a run could have met and did not, and makes those happen.
import { faultsOf, textOfFault } from '../../faults/fault';
import { addTally, type Tally } from '../report/tally';
import type { SeedOrder } from './seed-order';

interface Missed {
  /** The fault, as `kind call state`. */
  readonly fault: string;
  /** How many seeds came to its place. */
  readonly seeds: number;
  /** A run that came to its place. */
  readonly cameBy: SeedOrder;
}

export interface Coverage {
  readonly possible: number;
  /** The faults that no run met. Those that most seeds could have met come first. */
  readonly missed: readonly Missed[];
}

/** A combination of kind, call and state is reachable when the call was seen in the state while faults could happen. */
export function coverage({ reached, hit, cameBy }: Tally): Coverage {
  let possible = 0;
  const missed: Missed[] = [];
  for (const [place, seeds] of Object.entries(reached)) {
    const [call = '', state = ''] = place.split(' ');
    const came = cameBy[place];
    for (const kind of faultsOf(call, state)) {
      possible += 1;
      const fault = textOfFault({ kind, call, state });
      if (hit[fault] === undefined && came !== undefined) missed.push({ fault, seeds, cameBy: came });
    }
  }
  return { possible, missed: missed.sort((a, b) => b.seeds - a.seeds || (a.fault < b.fault ? -1 : 1)) };
}

/**
 * A seed that came to a place does so again when it runs again. So each fault that no run met at a place is forced in
 * such a run, and then each in what these runs come to, until all are hit or so many runs have passed. The tally gains
 * what is added.
 */
export async function hitMissed(
  tally: Tally,
  most: number,
  run: (orders: readonly SeedOrder[]) => Promise<Tally>,
): Promise<void> {
  const tried = new Set<string>();
  for (;;) {
    const wanted = coverage(tally)
      .missed.filter(({ fault }) => !tried.has(fault))
      .slice(0, most - tried.size);
    if (wanted.length === 0) return;
    for (const { fault } of wanted) tried.add(fault);
    const orders = wanted.map(({ fault, cameBy: { seed, forced } }) => ({
      seed,
      forced: [...forced, fault],
    }));
    addTally(tally, await run(orders));
  }
}
