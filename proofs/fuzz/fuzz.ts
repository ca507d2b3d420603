// Runs inputs through the targets. An input fails when it throws, breaks a rule, pollutes a prototype or takes too
// long. A failure can be replayed.
import * as fc from 'fast-check';

import type { Target } from './target';
import { TARGETS } from './targets';

/** The most that an input may cost, milliseconds. */
export const LIMIT_MS = 100;
/**
 * Only an input that is slow so often in a row counts as slow, because a pause of the machine or the garbage collector
 * is not the parser's.
 */
const TRIES = 4;
const SHOWN = 300;

export interface TargetReport {
  readonly name: string;
  readonly inputs: number;
  readonly slowestMs: number;
  readonly slowestInput: string;
  /** What went wrong, and with which input. */
  readonly failure?: string;
}

export interface FuzzReport {
  readonly seed: number;
  readonly targets: readonly TargetReport[];
}

/** Runs `runs` inputs in all, spread over the targets. Each target also gets the inputs that it always gets. */
export function fuzz(of: {
  readonly runs: number;
  readonly seed: number;
  readonly onTarget?: (report: TargetReport) => void;
}): FuzzReport {
  const shares = TARGETS.reduce((sum, { share }) => sum + share, 0);
  const targets = TARGETS.map((target) => {
    const runs = Math.ceil((of.runs * target.share) / shares);
    const report = fuzzTarget(target, runs, of.seed);
    of.onTarget?.(report);
    return report;
  });
  return { seed: of.seed, targets };
}

/** Runs one target alone. */
export function fuzzTarget(target: Target, runs: number, seed: number): TargetReport {
  const before = prototypes();
  const slowest = { ms: 0, input: '' };
  let inputs = 0;
  const tryOne = (input: string): void => {
    inputs += 1;
    const ms = costOf(target, input);
    if (ms > slowest.ms) Object.assign(slowest, { ms, input });
    if (ms > LIMIT_MS) throw new Error(`takes ${ms.toFixed(0)} ms, at most ${LIMIT_MS} are allowed`);
    if (prototypes() !== before) throw new Error('changes a prototype');
  };
  // The first inputs also cost the compiler's time, which no later request pays.
  firstFailure(target.always.slice(0, 5), (input) => target.parse(input)()); // The report below names the failures.
  const failure = firstFailure(target.always, tryOne) ?? randomFailure(target, runs, seed, tryOne);
  return {
    name: target.name,
    inputs,
    slowestMs: Math.round(slowest.ms * 10) / 10,
    slowestInput: shown(slowest.input),
    ...(failure === undefined ? {} : { failure }),
  };
}

function firstFailure(inputs: readonly string[], tryOne: (input: string) => void): string | undefined {
  for (const input of inputs) {
    try {
      tryOne(input);
    } catch (error) {
      return `${shown(input)}\n${textOf(error)}`;
    }
  }
  return undefined;
}

function randomFailure(
  target: Target,
  runs: number,
  seed: number,
  tryOne: (input: string) => void,
): string | undefined {
  const details = fc.check(fc.property(target.inputs, tryOne), { numRuns: runs, seed });
  if (!details.failed) return undefined;
  const [input = ''] = details.counterexample ?? [];
  return `${shown(input)}\n${textOf(details.errorInstance)}\nseed ${details.seed}, path ${details.counterexamplePath ?? ''}`;
}

/** Milliseconds that the parser takes. If the first try is slow, the least of several. */
function costOf(target: Target, input: string): number {
  let least = Infinity;
  for (let attempt = 0; attempt < TRIES && least > LIMIT_MS; attempt += 1) {
    const cpu = process.cpuUsage();
    const start = performance.now();
    const verify = target.parse(input);
    const wallMs = performance.now() - start;
    const { user, system } = process.cpuUsage(cpu);
    // Wall time includes other processes; processor time includes the compiler's and the collector's threads. The lower
    // counts.
    least = Math.min(least, wallMs, (user + system) / 1000);
    verify();
  }
  return least;
}

/** The names on the prototypes that all objects inherit. */
function prototypes(): string {
  return [Object.prototype, Array.prototype, String.prototype, Function.prototype]
    .map((prototype) => Object.getOwnPropertyNames(prototype).length)
    .join();
}

function shown(input: string): string {
  const text = JSON.stringify(input);
  return text.length <= SHOWN ? text : `${text.slice(0, SHOWN)}… (${input.length} characters)`;
}

function textOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
