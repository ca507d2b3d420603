// Names derived from one another: job, attempt's workload, orchestration instance, waiting row.
import { createHash } from 'node:crypto';

import { z } from 'zod';

/** `j` and 19 base-36 characters: short enough that `<job>-<attempt>` fits every backend's names. */
export const JOB_ID = /^j[0-9a-z]{19}$/;
export const jobIdSchema = z
  .string()
  .regex(JOB_ID, "must be a job's id, such as j5iwlofmt3z99m6567nq")
  .meta({ description: "the job's id" });

const HASH_CHARACTERS = 19;
/** Base-36 digits that 256 bits may need. */
const BASE36_DIGITS_OF_SHA256 = 50;

/** The id of the job that `owner` makes for `key`: the same key always names the same job (I5). */
export function jobIdFor(owner: string, key: string): string {
  const hash = createHash('sha256').update(owner).update('\0').update(key).digest('hex');
  const digits = BigInt(`0x${hash}`).toString(36).padStart(BASE36_DIGITS_OF_SHA256, '0');
  return `j${digits.slice(0, HASH_CHARACTERS)}`;
}

/** What an attempt creates on its backend, and the name that holds its place in a placement. */
export function workloadName(jobId: string, attempt: number): string {
  return `${jobId}-${attempt}`;
}

/** Never reused: the process that writes an epoch starts its instance, once. */
export function instanceId(story: { jobId: string; attempt: number; epoch: number }): string {
  return `${story.jobId}-${story.attempt}-${story.epoch}`;
}

/** Sorts by `notBefore` (epoch milliseconds), so that the oldest waits at the head. */
export function waitingKey(notBefore: number, jobId: string, attempt: number): string {
  return `${String(notBefore).padStart(14, '0')}-${jobId}-${attempt}`;
}

/** Takes a waiting key or a workload name apart; undefined when it is neither. */
export function attemptOfName(name: string): { jobId: string; attempt: number } | undefined {
  const match = /(?:^|-)(j[0-9a-z]{19})-(\d{1,4})$/.exec(name);
  if (match?.[1] === undefined || match[2] === undefined) return undefined;
  return { jobId: match[1], attempt: Number(match[2]) };
}
