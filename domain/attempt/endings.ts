// Which end counts where several apply at once: the one table of precedence, for attempts and for their jobs.

/**
 * From the one that wins to the one that loses.
 * - `decided`: a verdict that stands is never derived again (protocol §4.3)
 * - `foreign`: the name was never ours
 * - `exited`, `failed`, `unstartable`: what the program or the platform showed, whatever anyone wanted meanwhile
 * - `canceled`: needs no evidence
 * - `refused`: the create, its preparation or its composition
 * - `deadline`: of the phase, of preparing, of waiting
 * - `absent`: lost, given up
 * - `unread`: given up without a readable answer
 * - `expired`: outlived all its deadlines together
 * - `tried`: an attempt that failed, where no more than its job's next attempt, or its end, follows
 */
export const ENDINGS = [
  'decided',
  'foreign',
  'exited',
  'failed',
  'unstartable',
  'canceled',
  'refused',
  'deadline',
  'absent',
  'unread',
  'expired',
  'tried',
] as const;
export type Ending = (typeof ENDINGS)[number];

/** The end that counts of those that apply, each with what it would be; undefined where none applies. */
export function firstEnding<T>(applying: Readonly<Partial<Record<Ending, T | undefined>>>): T | undefined {
  for (const ending of ENDINGS) {
    const end = applying[ending];
    if (end !== undefined) return end;
  }
  return undefined;
}
