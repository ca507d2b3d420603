// `npm run simulate -- --seeds N [--from S] [--with KIND,KIND] [--array N] [--processes P] [--story] [--force FAULT]
// [--list-missed] [--census]`: runs seeds and tells the story of the first that fails.
import { parseArgs } from 'node:util';

import { faultOf } from '../faults/fault';
import { censusOf, storyOf, summaryOf } from './report/summary';
import type { Tally } from './report/tally';
import { runSeed } from './run-seed';
import { runSeeds, seedsFrom } from './run-seeds';
import { coverage, hitMissed } from './steering/coverage';
import { BESIDE, type Beside } from './steering/quarry';
import { commandFor, type SeedOrder } from './steering/seed-order';

const DEFAULT_SEEDS = 1_000;
const DEFAULT_PROCESSES = 2;
/** How many stories are told in full. */
const STORIES = 1;
/** For every so many seeds one run more is allowed, to force a fault that none of them met. */
const SEEDS_PER_FORCED = 20;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      seeds: { type: 'string', default: String(DEFAULT_SEEDS) },
      from: { type: 'string', default: '1' },
      with: { type: 'string' },
      array: { type: 'string' },
      processes: { type: 'string', default: String(DEFAULT_PROCESSES) },
      story: { type: 'boolean', default: false },
      force: { type: 'string', multiple: true, default: [] },
      'list-missed': { type: 'boolean', default: false },
      census: { type: 'boolean', default: false },
    },
  });
  const from = whole('from', values.from);
  const seeds = whole('seeds', values.seeds);
  const array = values.array === undefined ? undefined : whole('array', values.array);
  if (values.story) {
    await tellStory({ seed: from, forced: values.force, array });
    return;
  }
  const startedAt = performance.now();
  const processes = whole('processes', values.processes);
  const tally = await runSeeds({
    orders: seedsFrom(from, seeds, kindsOf(values.with)).map((order) => ({ ...order, array })),
    processes,
    onProgress: progress(seeds),
  });
  if (values.census) {
    say(censusOf(tally));
    return;
  }
  if (array === undefined)
    await hitMissed(tally, Math.floor(seeds / SEEDS_PER_FORCED), (orders) =>
      runSeeds({ orders, processes, chunk: 1 }),
    );
  for (const order of tally.failed.slice(0, STORIES)) await tellStory(order);
  say(summaryOf(tally, { seeds, seconds: (performance.now() - startedAt) / 1000 }));
  if (values['list-missed'])
    for (const { fault, seeds: came } of coverage(tally).missed)
      say(`not hit: ${fault} (${came} seeds came there)`);
  for (const order of tally.failed.slice(0, 10)) say(`again: ${commandFor(order)}`);
  if (tally.failed.length > 0) process.exitCode = 1;
}

async function tellStory({ seed, forced, array }: SeedOrder): Promise<void> {
  const report = await runSeed(seed, { traced: true, forced: forced.map(faultOf), array });
  say(`The story of seed ${seed}:\n\n${storyOf(report.story)}\n`);
  for (const { code, message } of report.violations.slice(0, 10)) say(`${code}: ${message}`);
  if (report.violations.length > 0) process.exitCode = 1;
}

/**
 * Shows progress: on a terminal by one line that is overwritten, elsewhere by a line every few hundred seeds. A seed
 * that fails is named at once, so that nobody waits for the others to look at it.
 */
function progress(seeds: number): (tally: Tally) => void {
  let told = 0;
  let failed = 0;
  return (tally) => {
    for (const order of tally.failed.slice(failed)) process.stderr.write(`failed: ${commandFor(order)}\n`);
    failed = tally.failed.length;
    const line = `${tally.seeds} of ${seeds} seeds, ${tally.failed.length} failed`;
    if (process.stderr.isTTY) process.stderr.write(`\r${line} `);
    else if (tally.seeds - told >= 250) {
      told = tally.seeds;
      process.stderr.write(`${line}\n`);
    }
  };
}

function whole(name: string, text: string): number {
  const number = Number(text);
  if (Number.isSafeInteger(number) && number > 0) return number;
  throw new RangeError(`--${name} is "${text}", must be a whole number from 1 on.`);
}

/** The kinds of compute that every seed must have, as `--with` names them. */
function kindsOf(text: string | undefined): Beside[] {
  const kinds = text === undefined ? [] : text.split(',');
  return kinds.map((name) => {
    const kind = BESIDE.find((known) => known === name);
    if (kind !== undefined) return kind;
    throw new RangeError(
      `--with is "${text ?? ''}", must be some of ${BESIDE.join(', ')}, with commas between them.`,
    );
  });
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  process.exitCode = 2;
});
