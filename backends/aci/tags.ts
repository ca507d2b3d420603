// The tags that say whose a container group is (I2).
import { z } from 'zod';

import { JOB_ID, workloadName } from '../../domain/job/names';
import type { ListedWorkload, WorkloadRef } from '../../domain/ports/compute-backend';

const MANAGED_BY = 'gpu-job-runner';

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

/** What the tags of a group say, if it is this owner's and its name matches them; undefined when it is not ours. */
export function listedWorkload(
  group: { readonly name?: string; readonly tags?: Readonly<Record<string, string>> },
  owner: string,
  placement: string,
): ListedWorkload | undefined {
  const tags = listedTagsSchema.safeParse(group.tags);
  if (!tags.success || tags.data['gpu-jobs-owner'] !== owner) return undefined;
  const { 'gpu-jobs-job': jobId, 'gpu-jobs-attempt': attempt } = tags.data;
  const name = workloadName(jobId, attempt);
  if (group.name !== name) return undefined;
  return {
    ref: { name, placement, owner, jobId, attempt },
    createdAt: tags.data['gpu-jobs-created'] * 1000,
    expiresAt: tags.data['gpu-jobs-expires-at'] * 1000,
  };
}

const whole = z
  .string()
  .regex(/^\d{1,12}$/)
  .transform(Number);
const listedTagsSchema = z.object({
  'managed-by': z.literal(MANAGED_BY),
  'gpu-jobs-owner': z.string(),
  'gpu-jobs-job': z.string().regex(JOB_ID),
  'gpu-jobs-attempt': whole,
  'gpu-jobs-created': whole,
  'gpu-jobs-expires-at': whole,
});

function identityTags(ref: WorkloadRef): Record<string, string> {
  return {
    'managed-by': MANAGED_BY,
    'gpu-jobs-owner': ref.owner,
    'gpu-jobs-job': ref.jobId,
    'gpu-jobs-attempt': String(ref.attempt),
  };
}
