// Runs inputs through the targets: what throws, breaks a rule, pollutes a prototype or takes too long is a failure that
// replays.
import * as fc from 'fast-check';

import type { Target } from './target';
import { TARGETS } from './targets';

/** No input may cost more, milliseconds. */
export const LIMIT_MS = 100;
/**
 * A pause of the machine or of the garbage collector is not the parser's: only what is slow so often in a row counts.
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

/** `runs` inputs in all, spread over the targets, each of which also gets those that it always gets. */
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

/** One target alone. */
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
  firstFailure(target.always.slice(0, 5), (input) => target.parse(input)()); // What fails is told below.
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

/** Milliseconds that the parser takes: the least of several tries where the first is slow. */
function costOf(target: Target, input: string): number {
  let least = Infinity;
  for (let attempt = 0; attempt < TRIES && least > LIMIT_MS; attempt += 1) {
    const cpu = process.cpuUsage();
    const start = performance.now();
    const verify = target.parse(input);
    const wallMs = performance.now() - start;
    const { user, system } = process.cpuUsage(cpu);
    // Other processes take time of the wall, the compiler's and collector's threads time of the processor.
    least = Math.min(least, wallMs, (user + system) / 1000);
    verify();
  }
  return least;
}

/** The names that everything inherits. */
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
