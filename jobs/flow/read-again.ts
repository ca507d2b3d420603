// Optimistic concurrency in one place: read, act on what was read, and start again when another writer was faster.
import { RetryableError } from '../../domain/errors';
import type { JobRecords, JobStore } from '../../domain/ports/job-store';

/** What an action answers when the rows are no longer as it read them: another writer was faster, or it wrote. */
export const READ_AGAIN = Symbol('read again');

/** Rows change a few times a second at most, a step writes them a few times. More rereads: something is wrong. */
const MAX_READS = 20;

/**
 * Runs `act` on freshly read rows until it asks for no others. `act` gets undefined for a job that definitely does
 * not exist. Throws RetryableError when the rows keep changing.
 */
export async function onFreshRows<T>(
  jobs: JobStore,
  jobId: string,
  act: (records: JobRecords | undefined) => Promise<T | typeof READ_AGAIN>,
): Promise<T> {
  for (let reads = 0; reads < MAX_READS; reads += 1) {
    const result = await act(await jobs.read(jobId));
    if (result !== READ_AGAIN) return result;
  }
  throw new RetryableError(
    `The rows of job ${jobId} changed ${MAX_READS} times while they were being read; try again.`,
    { jobId },
  );
}
