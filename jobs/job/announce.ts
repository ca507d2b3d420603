// Announces that a job is over: the terminal record and the completion event, at least once (protocol §4.8, §6.4).
import { jobEvent } from '../../api/views/job-event';
import { jobView } from '../../api/views/job-view';
import { onFreshRows, READ_AGAIN } from '../flow/read-again';
import type { EndPorts } from '../ports';

/**
 * Does nothing for a job that is not over or has been announced. It uses the rows alone, so every repetition says the
 * same.
 */
export async function announce(ports: EndPorts, jobId: string): Promise<void> {
  await onFreshRows(ports.jobs, jobId, async (records) => {
    const job = records?.job;
    if (records === undefined || job?.row.state !== 'over' || job.row.eventSent) return undefined;
    const view = jobView(records);
    await Promise.all([
      ports.results.put(jobId, view),
      ports.events.send(JSON.stringify(jobEvent(view, job.row.owner))),
      ports.heldSecrets.remove(jobId),
    ]);
    const row = { ...job.row, eventSent: true };
    const written = await ports.jobs.commit(jobId, [{ kind: 'replace-job', row, etag: job.etag }]);
    return written === 'done' ? undefined : READ_AGAIN;
  });
}
