// How a Job counts its pods.
import { type Job, TRACKING_FINALIZER } from '../../model/job';
import { whereTrue } from '../../model/metadata';
import type { Pod } from '../../model/pod';

export interface JobCounts {
  readonly active: number;
  readonly ready: number;
  /** Deletion asked for, but not over. */
  readonly terminating: number;
  readonly succeeded: number;
  readonly failed: number;
}

/** Whether its end is still to be counted. */
export function isTracked({ metadata }: Pod): boolean {
  return metadata.finalizers?.includes(TRACKING_FINALIZER) ?? false;
}

/** A pod that is being deleted has failed at once, unless only what has ended may be replaced. */
export function countsAsFailed({ spec }: Pick<Job, 'spec'>, { status, metadata }: Pod): boolean {
  if (status.phase === 'Failed') return true;
  if (status.phase === 'Succeeded' || spec.podReplacementPolicy === 'Failed') return false;
  return metadata.deletionTimestamp !== undefined;
}

export function readyPods(pods: readonly Pod[]): number {
  return pods.filter(({ status }) => whereTrue(status.conditions, 'Ready') !== undefined).length;
}
