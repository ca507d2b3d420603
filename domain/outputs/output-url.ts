// Outputs of a placement without a share: an address to upload to, which is told as a secret and ends with the attempt.
import { type Deadlines, runDeadlinesS } from '../attempt/deadlines';

/** The variable by which a program finds it. */
export const OUTPUT_URL = 'GPU_JOBS_OUTPUT_URL';

/** Seconds. A signature may last 7 days at most (docs/facts/azure-blobs.md#delegation); half a day is spare. */
const MOST_S = 6.5 * 24 * 3600;

/** Why an attempt with such deadlines may last longer than its address, for a person; undefined where it may not. */
export function outlivesUrl(deadlines: Deadlines): string | undefined {
  const sum = runDeadlinesS(deadlines);
  if (sum <= MOST_S) return undefined;
  const { provisioning, pulling, running, archiving } = deadlines;
  return `keeps outputs without a share, by an address that lasts ${MOST_S} s (6.5 days) at most, and the job's deadlines are ${provisioning} s provisioning + ${pulling} s pulling + ${running} s running + ${archiving} s archiving = ${sum} s; shorten them, or take a placement that names a volume for outputs`;
}

/** The blob container with the outputs of a job's attempts. */
export function outputContainer(jobId: string): string {
  return `job-outputs-${jobId}`;
}
