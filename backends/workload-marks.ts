// The marks by which a workload on any platform is known as ours (I2): names and texts, wherever a platform keeps them.
import { z } from 'zod';

import { JOB_ID, workloadName } from '../domain/job/names';
import type { ListedWorkload, WorkloadRef } from '../domain/ports/compute-backend';

type Texts = Readonly<Record<string, string>>;

export const MANAGED_BY = 'gpu-job-runner';

/** Whose it is: which deployment's, which job's, which attempt's. */
export function identityMarks(ref: WorkloadRef): Texts {
  return {
    'managed-by': MANAGED_BY,
    'gpu-jobs-owner': ref.owner,
    'gpu-jobs-job': ref.jobId,
    'gpu-jobs-attempt': String(ref.attempt),
  };
}

/** When it was made and when it expires. Instants in epoch milliseconds; the marks hold whole seconds. */
export function instantMarks(createdAt: number, expiresAt: number): Texts {
  return {
    'gpu-jobs-created': String(Math.floor(createdAt / 1000)),
    'gpu-jobs-expires-at': String(Math.ceil(expiresAt / 1000)),
  };
}

/** Whether what has these marks belongs to the workload that `ref` names. */
export function areOurs(marks: Texts | undefined, ref: WorkloadRef): boolean {
  return Object.entries(identityMarks(ref)).every(([name, value]) => marks?.[name] === value);
}

/** What marks say, if they are complete and this owner's; undefined otherwise. */
export function markedWorkload(
  marks: Texts | undefined,
  owner: string,
  placement: string,
): ListedWorkload | undefined {
  const read = marksSchema.safeParse(marks);
  if (!read.success || read.data['gpu-jobs-owner'] !== owner) return undefined;
  const { 'gpu-jobs-job': jobId, 'gpu-jobs-attempt': attempt } = read.data;
  return {
    ref: { name: workloadName(jobId, attempt), placement, owner, jobId, attempt },
    createdAt: read.data['gpu-jobs-created'] * 1000,
    expiresAt: read.data['gpu-jobs-expires-at'] * 1000,
  };
}

const whole = z
  .string()
  .regex(/^\d{1,12}$/)
  .transform(Number);
const marksSchema = z.object({
  'managed-by': z.literal(MANAGED_BY),
  'gpu-jobs-owner': z.string(),
  'gpu-jobs-job': z.string().regex(JOB_ID),
  'gpu-jobs-attempt': whole,
  'gpu-jobs-created': whole,
  'gpu-jobs-expires-at': whole,
});
