// `npm run mutants [-- NAME …] [--seeds N]`: breaks one guard after the other in a copy of the source. The simulation
// must name what falls.
import { rmSync } from 'node:fs';
import { parseArgs } from 'node:util';

import type { Tally } from '../simulation/report/tally';
import { runSeeds, seedsFrom } from '../simulation/run-seeds';
import { brokenCopy, type Mutant, readMutants } from './mutant';

const SEEDS = 2_000;

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      seeds: { type: 'string', default: String(SEEDS) },
      processes: { type: 'string', default: '2' },
    },
  });
  const mutants = readMutants().filter(({ name }) => positionals.length === 0 || positionals.includes(name));
  const width = Math.max(...mutants.map(({ name }) => name.length)) + 2;
  const row = (...[name, falls, seed, seconds, how]: readonly string[]): void => {
    process.stdout.write(
      `${name?.padEnd(width) ?? ''}${falls?.padEnd(10) ?? ''}${seed?.padStart(5) ?? ''}${seconds?.padStart(8) ?? ''}  ${how ?? ''}\n`,
    );
  };
  row('mutant', 'falls', 'seed', 'seconds', 'how');
  let survivors = 0;
  for (const mutant of mutants) {
    const startedAt = performance.now();
    const { fall, others, seeds } = await tryMutant(mutant, Number(values.seeds), Number(values.processes));
    const seconds = ((performance.now() - startedAt) / 1000).toFixed(0);
    if (fall === undefined) {
      survivors += 1;
      const saw = others.length === 0 ? 'nothing' : others.join(', ');
      const how = `${mutant.guard}; expected ${mutant.falls.join(', ')}, saw ${saw}`;
      row(mutant.name, 'SURVIVES', String(seeds), seconds, how);
    } else row(mutant.name, fall.code, String(fall.seed), seconds, fall.message);
  }
  process.stdout.write(`${mutants.length} mutants, ${survivors} survive\n`);
  if (survivors > 0) process.exitCode = 1;
}

interface Tried {
  /** The first seed that names one of the mutant's invariants. */
  readonly fall: { readonly code: string; readonly seed: number; readonly message: string } | undefined;
  /** Other invariants that fell. */
  readonly others: readonly string[];
  readonly seeds: number;
}

/** How many seeds run before the result is looked at. With few, a mutant that falls early is done early. */
const CHUNK = 5;

async function tryMutant(mutant: Mutant, seeds: number, processes: number): Promise<Tried> {
  const overlay = brokenCopy(mutant);
  try {
    const isFallen = (tally: Tally): boolean => fallen(tally, mutant) !== undefined;
    const tally = await runSeeds({
      orders: seedsFrom(1, seeds),
      processes,
      overlay,
      until: isFallen,
      chunk: CHUNK,
    });
    const codes = tally.failed.flatMap(({ violations }) => violations.map(({ code }) => code));
    return { fall: fallen(tally, mutant), others: [...new Set(codes)], seeds: tally.seeds };
  } finally {
    rmSync(overlay, { recursive: true, force: true });
  }
}

function fallen(tally: Tally, { falls }: Mutant): Tried['fall'] {
  for (const { seed, violations } of [...tally.failed].sort((a, b) => a.seed - b.seed)) {
    const violation = violations.find(({ code }) => falls.includes(code));
    if (violation !== undefined) return { code: violation.code, seed, message: violation.message };
  }
  return undefined;
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  process.exitCode = 2;
});
