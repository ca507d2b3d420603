// The labels and annotations that say whose an object of a cluster is (I2).
import type { WorkloadRef } from '../../domain/ports/compute-backend';
import { identityMarks, instantMarks, MANAGED_BY } from '../workload-marks';

interface Marks {
  /** A label can be asked for in a list. */
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
}

/** Of the Job, its pod and its Secrets alike. Instants in epoch milliseconds. */
export function marksOf(ref: WorkloadRef, createdAt: number, expiresAt: number): Marks {
  return { labels: identityMarks(ref), annotations: instantMarks(createdAt, expiresAt) };
}

/** Selects all that an owner has, in the form of a list's `labelSelector`. */
export function ownersSelector(owner: string): string {
  return `managed-by=${MANAGED_BY},gpu-jobs-owner=${owner}`;
}

/** Selects what one workload has, in the same form. */
export function workloadSelector(ref: WorkloadRef): string {
  return Object.entries(identityMarks(ref))
    .map(([name, value]) => `${name}=${value}`)
    .join(',');
}
