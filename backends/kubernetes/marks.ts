// The labels and annotations that say whose an object of a cluster is (I2).
import { z } from 'zod';

import { JOB_ID, workloadName } from '../../domain/job/names';
import type { ListedWorkload, WorkloadRef } from '../../domain/ports/compute-backend';

const MANAGED_BY = 'gpu-job-runner';

type Texts = Readonly<Record<string, string>>;

export interface Marks {
  /** A label can be asked for in a list. */
  readonly labels: Texts;
  /** Instants, in whole epoch seconds. */
  readonly annotations: Texts;
}

/** Of the Job, its pod and its Secrets alike. Instants in epoch milliseconds. */
export function marksOf(ref: WorkloadRef, createdAt: number, expiresAt: number): Marks {
  return {
    labels: identityLabels(ref),
    annotations: {
      'gpu-jobs-created': String(Math.floor(createdAt / 1000)),
      'gpu-jobs-expires-at': String(Math.ceil(expiresAt / 1000)),
    },
  };
}

/** Selects all that an owner has, in the form of a list's `labelSelector`. */
export function ownersSelector(owner: string): string {
  return `managed-by=${MANAGED_BY},gpu-jobs-owner=${owner}`;
}

/** Selects what one workload has, in the same form. */
export function workloadSelector(ref: WorkloadRef): string {
  return Object.entries(identityLabels(ref))
    .map(([name, value]) => `${name}=${value}`)
    .join(',');
}

/** Whether an object with these labels belongs to the workload that `ref` names. */
export function areOurs(labels: Texts | undefined, ref: WorkloadRef): boolean {
  return Object.entries(identityLabels(ref)).every(([name, value]) => labels?.[name] === value);
}

/** What the marks of an object say, if they are complete and this owner's; undefined otherwise. */
export function listedWorkload(
  object: { readonly labels?: Texts | undefined; readonly annotations?: Texts | undefined },
  owner: string,
  placement: string,
): ListedWorkload | undefined {
  const marks = marksSchema.safeParse({ ...object.labels, ...object.annotations });
  if (!marks.success || marks.data['gpu-jobs-owner'] !== owner) return undefined;
  const { 'gpu-jobs-job': jobId, 'gpu-jobs-attempt': attempt } = marks.data;
  return {
    ref: { name: workloadName(jobId, attempt), placement, owner, jobId, attempt },
    createdAt: marks.data['gpu-jobs-created'] * 1000,
    expiresAt: marks.data['gpu-jobs-expires-at'] * 1000,
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

function identityLabels(ref: WorkloadRef): Texts {
  return {
    'managed-by': MANAGED_BY,
    'gpu-jobs-owner': ref.owner,
    'gpu-jobs-job': ref.jobId,
    'gpu-jobs-attempt': String(ref.attempt),
  };
}
