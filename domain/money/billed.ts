// For how long an attempt is billed, by what the reads showed and by how its backend bills.
import type { AttemptRow } from '../attempt/attempt';
import type { Traits } from '../backend/traits';

export type Bills = Traits['bills'];

type Times = Pick<AttemptRow, 'phases' | 'startedAt' | 'endedAt' | 'verdict' | 'verdictAt'>;

/**
 * Milliseconds from the first sign that billing had begun, which may be a later one where the pull was too quick to be
 * seen, until `until`, or until the program's end where its backend bills no longer. 0 where nothing showed that it had
 * begun. A share of a node (`bills.of`) is reckoned like a workload of its own: how long the node lives without it is
 * not known.
 */
export function billedMs(attempt: Times, bills: Bills, until: number): number {
  const begun = begunAt(attempt, bills.from);
  if (begun === undefined) return 0;
  const ended = bills.until === 'ended' ? endedAt(attempt) : undefined;
  return Math.max(0, Math.min(until, ended ?? until) - begun);
}

function begunAt({ phases, startedAt }: Times, from: Bills['from']): number | undefined {
  const signs = [from === 'pulling' ? phases.pulling : undefined, phases.running, startedAt];
  const known = signs.filter((instant) => instant !== undefined);
  return known.length === 0 ? undefined : Math.min(...known);
}

/**
 * A verdict without an exit code, a cancel for one, says nothing of the program's end: it may run on until it is
 * removed.
 */
function endedAt({ endedAt: told, verdict, verdictAt }: Times): number | undefined {
  const hasExit = verdict !== undefined && 'exitCode' in verdict && verdict.exitCode !== undefined;
  return told ?? (hasExit ? verdictAt : undefined);
}
