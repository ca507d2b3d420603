// The event of a group whose shares can't be mounted: one, whose count rises with each try.
import type { ContainerEvent } from './container-life';

export type MountFailures = Omit<ContainerEvent, 'incarnation'>;

/** The event after one more try in vain at `now`, as reported (docs/facts/container-instances.md#failed-mounts). */
export function oneMore(before: MountFailures | undefined, now: number): MountFailures {
  return {
    name: 'FailedMountAzureFileVolume',
    message: 'Failed to mount Azure File Volume.',
    type: 'Warning',
    count: (before?.count ?? 0) + 1,
    firstAt: before?.firstAt ?? now,
    lastAt: now,
  };
}
