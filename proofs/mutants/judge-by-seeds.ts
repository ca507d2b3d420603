// Runs the simulation on broken source until it names one of a mutant's invariants.
import type { Tally } from '../simulation/report/tally';
import { runSeeds, seedsFrom } from '../simulation/run-seeds';
import type { SeedOrder } from '../simulation/steering/seed-order';
import type { Judgement } from './judgement';
import type { JudgedBySeeds } from './mutant';

/** How many seeds run before the result is looked at. With few, a mutant that falls early is done early. */
const CHUNK = 5;

export interface Patience {
  /** How many seeds at most. */
  readonly seeds: number;
  readonly processes: number;
}

/** `overlay`: the folder with the broken source. */
export async function judgeBySeeds(
  judge: JudgedBySeeds,
  overlay: string,
  { seeds, processes }: Patience,
): Promise<Judgement> {
  const others = new Set<string>();
  /** Seeds that fall without the patch too: they say nothing of it. */
  const guiltless = new Set<number>();
  let orders = ordersOf(judge, seeds);
  for (;;) {
    const until = (tally: Tally): boolean => fallen(tally, judge, guiltless) !== undefined;
    const tally = await runSeeds({ orders, processes, overlay, until, chunk: CHUNK });
    for (const { violations } of tally.failed) for (const { code } of violations) others.add(code);
    const fall = fallen(tally, judge, guiltless);
    if (fall === undefined)
      return {
        kind: 'survives',
        after: `${seeds} seeds`,
        saw: others.size === 0 ? 'nothing' : [...others].join(', '),
      };
    const { seed, code, message } = fall;
    if (!(await fallsUnbroken(judge, seed)))
      return { kind: 'falls', by: code, at: String(seed), how: message };
    guiltless.add(seed);
    orders = orders.filter((order) => order.seed >= seed);
  }
}

function ordersOf({ from, by, beside }: JudgedBySeeds, seeds: number): SeedOrder[] {
  const orders = seedsFrom(from, seeds * by, beside === undefined ? [] : [beside]);
  return orders.filter(({ seed }) => (seed - from) % by === 0).slice(0, seeds);
}

async function fallsUnbroken(judge: JudgedBySeeds, seed: number): Promise<boolean> {
  const tally = await runSeeds({ orders: [{ seed, forced: [] }], processes: 1 });
  return fallen(tally, judge, new Set()) !== undefined;
}

function fallen(
  tally: Tally,
  { falls }: JudgedBySeeds,
  guiltless: ReadonlySet<number>,
): { readonly code: string; readonly seed: number; readonly message: string } | undefined {
  for (const { seed, violations } of tally.failed.toSorted((a, b) => a.seed - b.seed)) {
    const violation = violations.find(({ code }) => falls.includes(code));
    if (violation !== undefined && !guiltless.has(seed)) return { ...violation, seed };
  }
  return undefined;
}
