// A story's promise, made to have lapsed already: as if the time of its silence had passed.
import { attemptNumbered } from '../../../../domain/ports/job-store';
import { createStorageClients } from '../../../../storage/account/clients';
import { createTableJobStore } from '../../../../storage/rows/table-job-store';
import type { TestStack } from '../../../end-to-end/support/test-stack';
import type { StoryName } from './stories';

/** Writes into the attempt's row that the story of this epoch was due long ago, unless the row has another epoch. */
export async function letPromiseLapse(
  { stack }: TestStack,
  { jobId, attempt, epoch }: StoryName,
): Promise<void> {
  const { storageConnectionString: connectionString } = stack;
  const jobs = createTableJobStore(createStorageClients({ kind: 'connection-string', connectionString }));
  const found = attemptNumbered(await jobs.read(jobId), attempt);
  if (found === undefined) throw new Error(`Job ${jobId} has no attempt ${attempt}.`);
  if (found.row.epoch !== epoch) return;
  const { row, etag } = found;
  // A step of the story may write at the same time; whoever waits for the take-over calls this again.
  await jobs.commit(jobId, [{ kind: 'replace-attempt', row: { ...row, nextBy: row.admittedAt }, etag }]);
}
