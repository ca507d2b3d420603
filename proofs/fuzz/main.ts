// `npm run fuzz -- --runs N [--seed S]`: throws N inputs at every parser of untrusted input and says which was slowest.
import { randomInt } from 'node:crypto';
import { parseArgs } from 'node:util';

import { fuzz, LIMIT_MS, type TargetReport } from './fuzz';

const DEFAULT_RUNS = 10_000;

function main(): void {
  const { values } = parseArgs({
    options: { runs: { type: 'string', default: String(DEFAULT_RUNS) }, seed: { type: 'string' } },
  });
  const runs = whole('runs', values.runs);
  const seed = values.seed === undefined ? randomInt(2 ** 31) : whole('seed', values.seed);
  say(`${runs} inputs, seed ${seed}; none may throw, go without a place or take more than ${LIMIT_MS} ms.`);
  const { targets } = fuzz({ runs, seed, onTarget: tell });
  if (targets.some(({ failure }) => failure !== undefined)) {
    say(`again: npm run fuzz -- --runs ${runs} --seed ${seed}`);
    process.exitCode = 1;
  }
}

function tell({ name, inputs, slowestMs, slowestInput, failure }: TargetReport): void {
  say(
    `${failure === undefined ? 'ok  ' : 'FAIL'} ${name}: ${inputs} inputs, slowest ${slowestMs} ms: ${slowestInput}`,
  );
  if (failure !== undefined) say(failure);
}

function whole(name: string, text: string): number {
  if (/^\d{1,10}$/.test(text)) return Number(text);
  throw new Error(`--${name} is "${text}", must be a whole number`);
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

main();
