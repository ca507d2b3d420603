// `npm run crash-test -- [--rounds N] [--seed S]`: kills the functions host at random moments and judges what has
// become of the jobs.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

import { createRandom } from '../../standins/kernel/random';
import { endOnSignals } from '../../standins/stack/end-on-signals';
import { secretsAnswered, secretsIn } from '../secret-scan/secret-scan';
import { literalOf } from './crash-job';
import { bootCrashStack, type CrashStack } from './crash-stack';
import { roundLine, summary } from './report';
import { type RoundReport, runRound } from './round';

const USAGE = 'Usage: npm run crash-test -- [--rounds N] [--seed S]; N and S are whole numbers from 1.';

let crash: CrashStack | undefined;

main().then(
  (isGood) => process.exit(isGood ? 0 : 1),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    process.exit(1);
  },
);

async function main(): Promise<boolean> {
  const { rounds, seed } = optionsOf(process.argv.slice(2));
  say(
    `Seed ${seed}: the same jobs and the same moments again with --seed ${seed}, not the same interleaving.`,
  );
  const stateFolder = await mkdtemp(join(tmpdir(), 'gpu-jobs-crash-'));
  endOnSignals(async () => {
    await crash?.stack.stop();
    await rm(stateFolder, { recursive: true, force: true });
  });
  crash = await bootCrashStack(stateFolder);
  try {
    const run = `${seed}-${process.pid}`;
    const areGood = await runRounds(crash, run, rounds, seed);
    const answered = await secretsAnswered(crash.stack.functionsUrl, literalOf(run));
    await crash.stack.stop();
    const left = [...answered, ...(await secretsIn(stateFolder, literalOf(run)))];
    for (const one of left) say(`I7: a secret was left behind: ${one}`);
    const isGood = areGood && left.length === 0;
    if (!isGood) say(`State and logs are kept in ${stateFolder}.`);
    if (isGood) await rm(stateFolder, { recursive: true, force: true });
    return isGood;
  } finally {
    await crash.stack.stop();
  }
}

/**
 * Runs the rounds. Stops after the first with violations, because the next would begin with what that one left behind.
 */
async function runRounds(crash: CrashStack, run: string, rounds: number, seed: number): Promise<boolean> {
  const begun = performance.now();
  const reports: RoundReport[] = [];
  for (let round = 1; round <= rounds; round += 1) {
    const report = await runRound(crash, run, round, createRandom(seed * 1_000 + round));
    reports.push(report);
    say(roundLine(report, rounds));
    if (report.violations.length === 0) continue;
    say(report.evidence);
    break;
  }
  say(summary(reports, performance.now() - begun));
  return reports.every(({ violations }) => violations.length === 0);
}

function optionsOf(args: readonly string[]): { rounds: number; seed: number } {
  const { values } = parseArgs({
    args: [...args],
    options: { rounds: { type: 'string' }, seed: { type: 'string' } },
  });
  return {
    rounds: whole('--rounds', values.rounds ?? '50'),
    seed: whole('--seed', values.seed ?? String(1 + (Date.now() % 1_000_000))),
  };
}

function whole(option: string, text: string): number {
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text);
  throw new Error(`${option} is "${text}". ${USAGE}`);
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}
