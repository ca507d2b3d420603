// Runs many seeds on several processes at once.
import { type ChildProcess, fork } from 'node:child_process';
import { join } from 'node:path';

import { addTally, emptyTally, type Tally } from './report/tally';
import { type Beside, besideOf } from './steering/quarry';
import type { SeedOrder } from './steering/seed-order';

export interface Batch {
  readonly orders: readonly SeedOrder[];
  readonly processes: number;
  /** No more seeds begin once this is true. */
  readonly until?: (tally: Tally) => boolean;
  /** How many seeds a process gets at once. Default 25. */
  readonly chunk?: number;
  /** A folder whose files replace the repository's: a mutant. */
  readonly overlay?: string;
  readonly onProgress?: (tally: Tally) => void;
}

const CHUNK = 25;

/** The next so many seeds; of those only that have all these kinds of compute. */
export function seedsFrom(from: number, seeds: number, beside: readonly Beside[] = []): SeedOrder[] {
  const orders: SeedOrder[] = [];
  for (let seed = from; orders.length < seeds; seed += 1)
    if (beside.every((kind) => besideOf(seed).includes(kind))) orders.push({ seed, forced: [] });
  return orders;
}

export async function runSeeds(batch: Batch): Promise<Tally> {
  const total = emptyTally();
  let next = 0;
  let over = false;
  const take = (): readonly SeedOrder[] => {
    if (over) return [];
    const from = next;
    next += batch.chunk ?? CHUNK;
    return batch.orders.slice(from, next);
  };
  const run = async (): Promise<void> => {
    const child = startWorker(batch.overlay);
    try {
      for (let orders = take(); orders.length > 0; orders = take()) {
        addTally(total, await ask(child, orders));
        batch.onProgress?.(total);
        if (batch.until?.(total) === true) over = true;
      }
    } finally {
      child.kill();
    }
  };
  await Promise.all(Array.from({ length: batch.processes }, run));
  total.failed.sort((a, b) => a.seed - b.seed);
  return total;
}

/**
 * One process for each core: helper threads would only take turns with the other processes, and code is compiled once
 * and runs for minutes.
 */
const V8_FLAGS = ['--max-semi-space-size=64', '--single-threaded', '--always-sparkplug'];

function startWorker(overlay: string | undefined): ChildProcess {
  return fork(join(__dirname, 'worker.ts'), {
    execArgv: [...V8_FLAGS, '--require', join(__dirname, '../register.js')],
    env: { ...process.env, ...(overlay === undefined ? {} : { SIMULATION_OVERLAY: overlay }) },
  });
}

function ask(child: ChildProcess, orders: readonly SeedOrder[]): Promise<Tally> {
  return new Promise((resolve, reject) => {
    const ended = (code: number | null): void =>
      reject(
        new Error(
          `A worker ended (${code ?? 'killed'}) at one of the seeds ${orders.map(({ seed }) => seed).join(', ')}.`,
        ),
      );
    child.once('exit', ended);
    child.once('message', (tally) => {
      child.off('exit', ended);
      resolve(tally as Tally); // The message is our own worker's.
    });
    child.send(orders);
  });
}
