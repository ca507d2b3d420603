// The ports to blobs, for what is too large or too lasting for a row: specs, held secrets, terminal records, refused
// messages.
import type { JobSpec } from '../spec/job-spec';

export interface SpecStore {
  /** Stored under its hash, so that equal specs share one blob and a repeat changes nothing. */
  put(specHash: string, spec: JobSpec): Promise<void>;
  get(specHash: string): Promise<JobSpec>;
}

/** Literal secrets of jobs submitted by HTTP, held until the job settles (I7). */
export interface HeldSecrets {
  put(jobId: string, specHash: string, secrets: Readonly<Record<string, string>>): Promise<void>;
  /** Empty when none are held. */
  get(jobId: string, specHash: string): Promise<Readonly<Record<string, string>>>;
  remove(jobId: string): Promise<void>;
  /** Only those that were last put before this instant, epoch milliseconds. */
  removeWrittenBefore(jobId: string, instant: number): Promise<void>;
  /** Ids of the jobs that any are held for. */
  listJobs(): Promise<readonly string[]>;
}

export interface ResultStore {
  /** The terminal record, `job-results/<job>.json`. */
  put(jobId: string, record: unknown): Promise<void>;
}

export interface RejectedStore {
  /** The bytes of a message that could not become a job. */
  put(jobId: string, bytes: Buffer): Promise<void>;
  /** Undefined is a definite absence. */
  get(jobId: string): Promise<Buffer | undefined>;
}
