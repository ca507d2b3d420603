// How long a Job waits before it makes a pod in a failed one's place.
import { whereTrue } from '../../model/metadata';
import type { Pod } from '../../model/pod';

/** What a Job's pods have met since one last succeeded. */
export interface FailureRecord {
  readonly failures: number;
  /** When the last of them ended, milliseconds since the epoch. */
  readonly lastAt: number;
}

export const NO_FAILURES: FailureRecord = { failures: 0, lastAt: 0 };

/** 10 s, doubled with each failure, at most 10 minutes (`DefaultJobPodFailureBackOff` and its maximum). */
const FIRST_MS = 10_000;
const MOST_MS = 600_000;

/** The record after these pods, which ended since the last look. */
export function recordEnds(
  record: FailureRecord,
  ended: readonly { readonly pod: Pod; readonly failed: boolean }[],
): FailureRecord {
  const inOrder = ended.map(({ pod, failed }) => ({ at: endOf(pod), failed })).sort((a, b) => a.at - b.at);
  return inOrder.reduce(
    (sofar, { at, failed }) =>
      failed ? { failures: sofar.failures + 1, lastAt: Math.max(at, sofar.lastAt) } : { ...NO_FAILURES },
    record,
  );
}

/** Milliseconds until the next pod may be made, 0 when it may be now. */
export function remainingMs({ failures, lastAt }: FailureRecord, now: number): number {
  if (failures === 0) return 0;
  return Math.max(0, lastAt + Math.min(MOST_MS, FIRST_MS * 2 ** (failures - 1)) - now);
}

/** When a pod ended: its last container's end, else its last ready moment, else when its deletion was asked for. */
function endOf({ metadata, status }: Pod): number {
  const finished = (status.containerStatuses ?? []).flatMap(({ state }) =>
    state?.terminated?.finishedAt ? [Date.parse(state.terminated.finishedAt)] : [],
  );
  if (finished.length > 0 && finished.length === status.containerStatuses?.length)
    return Math.max(...finished);
  const ready = status.conditions?.find(({ type }) => type === 'Ready');
  if (ready?.lastTransitionTime && !whereTrue(status.conditions, 'Ready'))
    return Date.parse(ready.lastTransitionTime);
  const { deletionTimestamp, deletionGracePeriodSeconds = 0, creationTimestamp } = metadata;
  return deletionTimestamp === undefined
    ? Date.parse(creationTimestamp)
    : Date.parse(deletionTimestamp) - deletionGracePeriodSeconds * 1_000;
}
