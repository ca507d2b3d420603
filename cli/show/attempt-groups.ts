// Attempts as they are shown: alone, or together where one placement refused one GPU after the other for one reason.
import type { AttemptView } from '../../api/jobs';

/** Neighbours that are told at once; each attempt is in exactly one group, in their order. */
export function attemptGroups(attempts: readonly AttemptView[]): readonly (readonly AttemptView[])[] {
  const groups: AttemptView[][] = [];
  for (const attempt of attempts) {
    const group = groups.at(-1);
    const [first] = group ?? [];
    if (group !== undefined && first !== undefined && areAlike(first, attempt)) group.push(attempt);
    else groups.push([attempt]);
  }
  return groups;
}

/** What they may differ in: the GPU, the instants, and the words of the reason. */
function areAlike(one: AttemptView, other: AttemptView): boolean {
  return (
    cameToNothing(one) &&
    cameToNothing(other) &&
    one.placement === other.placement &&
    one.reason?.code === other.reason?.code &&
    one.reason?.class === other.reason?.class &&
    one.cleanup === other.cleanup
  );
}

/** It failed while it was provisioned, and nothing is told of it but that. */
function cameToNothing({ reason, exitCode, phases, logBytes, cost, archivingReason }: AttemptView): boolean {
  return (
    reason !== undefined &&
    exitCode === undefined &&
    phases['pulling'] === undefined &&
    phases['running'] === undefined &&
    logBytes === 0 &&
    (cost === undefined || cost.amount === 0) &&
    archivingReason === undefined
  );
}
