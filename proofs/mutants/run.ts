// `npm run mutants [-- NAME …] [--seeds N]`: breaks one guard after the other in a copy of the source. The simulation,
// or the test that the mutant names, must notice.
import { rmSync } from 'node:fs';
import { parseArgs } from 'node:util';

import { judgeBySeeds, type Patience } from './judge-by-seeds';
import { judgeByTest } from './judge-by-test';
import type { Judgement } from './judgement';
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
  const mutants = chosen(readMutants(), positionals);
  const width = Math.max(...mutants.map(({ name }) => name.length)) + 2;
  const row = (...[name = '', falls = '', at = '', seconds = '', how = '']: readonly string[]): void => {
    process.stdout.write(
      `${name.padEnd(width)}${falls.padEnd(10)}${at.padStart(10)}${seconds.padStart(8)}  ${how}\n`,
    );
  };
  row('mutant', 'falls', 'seed', 'seconds', 'how');
  let survivors = 0;
  for (const mutant of mutants) {
    const startedAt = performance.now();
    const judgement = await tryMutant(mutant, {
      seeds: Number(values.seeds),
      processes: Number(values.processes),
    });
    const seconds = ((performance.now() - startedAt) / 1000).toFixed(0);
    if (judgement.kind === 'falls') row(mutant.name, judgement.by, judgement.at, seconds, judgement.how);
    else {
      survivors += 1;
      const how = `${mutant.guard}; expected ${expected(mutant)}, saw ${judgement.saw} in ${judgement.after}`;
      row(mutant.name, 'SURVIVES', '', seconds, how);
    }
  }
  process.stdout.write(`${mutants.length} mutants, ${survivors} survive\n`);
  if (survivors > 0) process.exitCode = 1;
}

/** Those with these names, or all. Throws for a name that no mutant has. */
function chosen(mutants: readonly Mutant[], names: readonly string[]): readonly Mutant[] {
  const unknown = names.filter((name) => !mutants.some((mutant) => mutant.name === name));
  if (unknown.length > 0)
    throw new Error(`No mutant is named ${unknown.join(', ')}; proofs/mutants/patches has them all.`);
  return names.length === 0 ? mutants : mutants.filter(({ name }) => names.includes(name));
}

async function tryMutant(mutant: Mutant, patience: Patience): Promise<Judgement> {
  const overlay = brokenCopy(mutant);
  try {
    return mutant.judge.kind === 'seeds'
      ? await judgeBySeeds(mutant.judge, overlay, patience)
      : await judgeByTest(mutant.judge, overlay);
  } finally {
    rmSync(overlay, { recursive: true, force: true });
  }
}

function expected({ judge }: Mutant): string {
  return judge.kind === 'seeds' ? judge.falls.join(', ') : `a failure of ${judge.file}`;
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  process.exitCode = 2;
});
