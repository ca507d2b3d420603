// Which faults a run met of those it could have met; what it left out is made to happen.
import { faultsOf, textOfFault } from '../../faults/fault';
import { addTally, type Tally } from '../report/tally';
import type { SeedOrder } from './seed-order';

interface Missed {
  /** `kind call state`. */
  readonly fault: string;
  /** Seeds that came to its place. */
  readonly seeds: number;
  /** A run that did. */
  readonly cameBy: SeedOrder;
}

export interface Coverage {
  readonly possible: number;
  /** What most seeds could have met comes first. */
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
 * A seed that came to a place does so again: each fault that nobody met there is forced in such a run, and in what
 * these runs come to then, until all is hit or after so many runs. What is added lands in the tally.
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
