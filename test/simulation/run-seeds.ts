// Runs many seeds on several processes at once.
import { type ChildProcess, fork } from 'node:child_process';
import { join } from 'node:path';

import { addTally, emptyTally, type Tally } from './tally';

export interface Batch {
  readonly from: number;
  readonly seeds: number;
  readonly processes: number;
  /** Begin no more seeds as soon as this is true. */
  readonly until?: (tally: Tally) => boolean;
  /** Seeds that a process gets at once. Default 25. */
  readonly chunk?: number;
  /** A folder whose files stand in for the repository's: a mutant. */
  readonly overlay?: string;
  readonly onProgress?: (tally: Tally) => void;
}

const CHUNK = 25;

export async function runSeeds(batch: Batch): Promise<Tally> {
  const total = emptyTally();
  let next = batch.from;
  const end = batch.from + batch.seeds;
  let over = false;
  const take = (): { from: number; to: number } | undefined => {
    if (over || next >= end) return undefined;
    const from = next;
    next = Math.min(end, next + (batch.chunk ?? CHUNK));
    return { from, to: next };
  };
  const run = async (): Promise<void> => {
    const child = startWorker(batch.overlay);
    try {
      for (let order = take(); order !== undefined; order = take()) {
        addTally(total, await ask(child, order));
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

/** One process a core: helper threads would only take turns with the others, and code is compiled once and run for minutes. */
const V8_FLAGS = ['--max-semi-space-size=64', '--single-threaded', '--always-sparkplug'];

function startWorker(overlay: string | undefined): ChildProcess {
  return fork(join(__dirname, 'worker.ts'), {
    execArgv: [...V8_FLAGS, '--require', join(__dirname, 'register.js')],
    env: { ...process.env, ...(overlay === undefined ? {} : { SIMULATION_OVERLAY: overlay }) },
  });
}

function ask(child: ChildProcess, order: { from: number; to: number }): Promise<Tally> {
  return new Promise((resolve, reject) => {
    const ended = (code: number | null): void =>
      reject(new Error(`A worker ended (${code ?? 'killed'}) at seeds ${order.from} to ${order.to - 1}.`));
    child.once('exit', ended);
    child.once('message', (tally) => {
      child.off('exit', ended);
      resolve(tally as Tally); // Our own worker's.
    });
    child.send(order);
  });
}
