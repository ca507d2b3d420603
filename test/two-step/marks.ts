// The marks that say whose a definition or an execution is, and from when until when it is wanted.
import { z } from 'zod';

import { JOB_ID, workloadName } from '../../domain/job/names';
import type { ListedWorkload, WorkloadRef } from '../../domain/ports/compute-backend';
import type { Marks } from './two-step-api';

const whole = z
  .string()
  .regex(/^\d{1,12}$/)
  .transform(Number);
const marksSchema = z.object({
  'gpu-jobs-owner': z.string(),
  'gpu-jobs-job': z.string().regex(JOB_ID),
  'gpu-jobs-attempt': whole,
  'gpu-jobs-created': whole,
  'gpu-jobs-expires-at': whole,
});

/** Instants in epoch milliseconds; the marks hold whole seconds. */
export function marksOf(ref: WorkloadRef, createdAt: number, expiresAt: number): Marks {
  return {
    ...identityOf(ref),
    'gpu-jobs-created': String(Math.floor(createdAt / 1000)),
    'gpu-jobs-expires-at': String(Math.ceil(expiresAt / 1000)),
  };
}

export function areOurs(marks: Marks, ref: WorkloadRef): boolean {
  return Object.entries(identityOf(ref)).every(([name, value]) => marks[name] === value);
}

/** Undefined for what is not this owner's, and if the name does not match the marks. */
export function listedWorkload(
  { name, marks }: { readonly name: string; readonly marks: Marks },
  owner: string,
  placement: string,
): ListedWorkload | undefined {
  const parsed = marksSchema.safeParse(marks);
  if (!parsed.success || parsed.data['gpu-jobs-owner'] !== owner) return undefined;
  const { 'gpu-jobs-job': jobId, 'gpu-jobs-attempt': attempt } = parsed.data;
  if (name !== workloadName(jobId, attempt)) return undefined;
  return {
    ref: { name, placement, owner, jobId, attempt },
    createdAt: parsed.data['gpu-jobs-created'] * 1000,
    expiresAt: parsed.data['gpu-jobs-expires-at'] * 1000,
  };
}

function identityOf(ref: WorkloadRef): Marks {
  return {
    'gpu-jobs-owner': ref.owner,
    'gpu-jobs-job': ref.jobId,
    'gpu-jobs-attempt': String(ref.attempt),
  };
}
