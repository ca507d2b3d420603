// The programs of the simulated jobs: how long they run, what they print and how they end. An environment variable
// carries them.
import { z } from 'zod';

import type { ContainerStart } from '../../../standins/containers/runtime';
import type { Script } from '../../../standins/containers/scripted';
import type { Random } from '../../../standins/kernel/random';

const programSchema = z.object({
  /** How long the whole run takes, milliseconds; absent: until it is stopped. */
  runMs: z.number().optional(),
  exitCode: z.number(),
  lines: z.number(),
  /** How many bytes fill up each line. */
  padding: z.number(),
});
export type Program = z.infer<typeof programSchema>;

export const PROGRAM_VARIABLE = 'SIM_PROGRAM';
/** Names which of several specs of one idempotency key a workload runs. */
export const VARIANT_VARIABLE = 'SIM_VARIANT';

export function programOf({ environment }: ContainerStart): Program {
  const text = environment[PROGRAM_VARIABLE];
  if (text === undefined) return { runMs: 60_000, exitCode: 0, lines: 1, padding: 0 };
  return programSchema.parse(JSON.parse(text));
}

/** `mayBeLong`: some print more lines than a window of a log shows. */
export function randomProgram(random: Random, mayBeLong = false): Program {
  const isEndless = random.chance(0.06);
  const isLong = mayBeLong && random.chance(0.15);
  const prints = isLong
    ? { lines: random.int(250, 900), padding: 3 }
    : random.chance(0.15)
      ? { lines: 40, padding: 900 }
      : { lines: random.int(0, 12), padding: 20 };
  return {
    ...(isEndless
      ? {}
      : { runMs: random.int(1_000, random.pick([10_000, 30_000, 60_000, 90_000, 150_000, 400_000])) }),
    exitCode: random.chance(0.6) ? 0 : random.pick([1, 3, 42, 137]),
    ...prints,
  };
}

/**
 * Every line differs from every other, so that each byte of an archive shows where it comes from. `start` counts the
 * earlier starts.
 */
export function scriptOf(program: Program, start: number): Script {
  const spanMs = program.runMs ?? 300_000;
  const prints = Array.from({ length: program.lines }, (_, line) => ({
    atMs: Math.floor((spanMs * line) / program.lines),
    text: `start ${start} line ${line} ${'.'.repeat(program.padding)} of ${program.lines} #${(start * 7919 + line * 104_729).toString(36)}\n`,
  }));
  // A failed program that the platform restarts ends well.
  const code = start === 0 ? program.exitCode : 0;
  return { prints, ...(program.runMs === undefined ? {} : { exit: { atMs: program.runMs, code } }) };
}
