// Cancels a job, in any state and any number of times (protocol §5).
import { messageOf } from '../../domain/errors';
import { CANCELED_WHILE_WAITING, ended } from '../../domain/job/end-job';
import type { CancelRow, JobRow } from '../../domain/job/job';
import { onFreshRows, READ_AGAIN } from '../flow/read-again';
import type { EndPorts, InvocationPorts } from '../ports';
import { announce } from './announce';

export type Canceled = 'no-such-job' | 'over-already' | 'canceled' | 'requested';

/**
 * `requested`: a workload may be alive. Its story ends it, and the job becomes Canceled unless the program ended first.
 */
export async function cancel(
  ports: EndPorts & InvocationPorts,
  jobId: string,
  by: CancelRow['by'] = 'person',
): Promise<Canceled> {
  if ((await ports.jobs.read(jobId)) === undefined) return 'no-such-job';
  // Insert-only: if it exists already, that is as good.
  await ports.jobs.commit(jobId, [{ kind: 'insert-cancel', row: { jobId, at: ports.clock.now(), by } }]);
  const result = await onFreshRows<Canceled>(ports.jobs, jobId, async (records) => {
    if (records === undefined) return 'no-such-job';
    const { row, etag } = records.job;
    if (row.state === 'over') return 'over-already';
    if (row.state === 'active') {
      await wake(ports, row, records.attempts.at(-1)?.row.epoch ?? 1);
      return 'requested';
    }
    const over = ended(row, CANCELED_WHILE_WAITING, ports.clock.now());
    const written = await ports.jobs.commit(jobId, [{ kind: 'replace-job', row: over, etag }]);
    return written === 'done' ? 'canceled' : READ_AGAIN;
  });
  if (result === 'canceled') await announce(ports, jobId);
  return result;
}

/**
 * Only a hint, which may be lost (docs/facts/durable-functions.md#lost-event): the cancel is stored, so a failed wake
 * only makes it later.
 */
async function wake(ports: EndPorts & InvocationPorts, job: JobRow, epoch: number): Promise<void> {
  try {
    await ports.starter.wake({ jobId: job.jobId, attempt: job.attempt, epoch });
  } catch (error) {
    ports.log.warn(
      `Job ${job.jobId} will see its cancel at its next look: the wake event failed (${messageOf(error)}).`,
    );
  }
}
