// The tags that say whose a container group is (interfaces.md, ids).
import type { WorkloadRef } from '../../domain/compute-backend';

export const MANAGED_BY = 'gpu-job-runner';

/** Instants in epoch milliseconds; the tags hold whole seconds. */
export function tagsOf(ref: WorkloadRef, createdAt: number, expiresAt: number): Record<string, string> {
  return {
    ...identityTags(ref),
    'gpu-jobs-created': String(Math.floor(createdAt / 1000)),
    'gpu-jobs-expires-at': String(Math.ceil(expiresAt / 1000)),
  };
}

/** Whether a group with these tags is the workload that `ref` names. */
export function areOurs(tags: Readonly<Record<string, string>> | undefined, ref: WorkloadRef): boolean {
  return Object.entries(identityTags(ref)).every(([name, value]) => tags?.[name] === value);
}

function identityTags(ref: WorkloadRef): Record<string, string> {
  return {
    'managed-by': MANAGED_BY,
    'gpu-jobs-owner': ref.owner,
    'gpu-jobs-job': ref.jobId,
    'gpu-jobs-attempt': String(ref.attempt),
  };
}
