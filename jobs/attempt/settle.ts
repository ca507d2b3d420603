// Settles an attempt: its job is over, or waits for the next attempt (protocol §4.6).
import type { AttemptRow } from '../../domain/attempt/attempt';
import { ended } from '../../domain/job/end-job';
import type { JobRow } from '../../domain/job/job';
import type { Settlement } from '../../domain/job/settlement';
import { waitingHint } from '../../domain/job/waiting-hint';
import type { JobRecords, Versioned } from '../../domain/ports/job-store';
import { freezeOutputs } from '../outputs/freeze-outputs';
import { PLAIN_KICK, ROOM_KICK } from '../placement/kick';
import { tellCapacity } from '../placement/tell-capacity';
import type { StoryPorts } from '../ports';

/** Outputs that take longer to list delay no settling: the tick lists them. */
const LIST_WITHIN_MS = 20_000;

/** One transaction on job and attempt row. `changed`: read again. */
export async function settle(
  ports: StoryPorts,
  records: JobRecords,
  attempt: Versioned<AttemptRow>,
  settlement: Exclude<Settlement, { kind: 'wait' }>,
): Promise<'done' | 'changed'> {
  const job = records.job;
  const outputs = attempt.row.outputs?.state === 'open' ? await listOnce(ports, attempt.row) : {};
  const now = ports.clock.now();
  const row = settlement.kind === 'over' ? ended(job.row, settlement, now) : requeued(job.row, settlement);
  await tellCapacity(ports, attempt.row); // Before the job waits again; otherwise it would try the same at once.
  if (settlement.kind === 'requeue') await ports.hints.addWaiting(waitingHint(row, now)); // Before the row [W_ORDER].
  const written = await ports.jobs.commit(row.jobId, [
    { kind: 'replace-job', row, etag: job.etag },
    { kind: 'replace-attempt', row: { ...attempt.row, ...outputs, heartbeat: now }, etag: attempt.etag },
  ]);
  if (written === 'done' && settlement.kind === 'requeue') {
    const delaySeconds = Math.max(0, Math.ceil((row.notBefore - now) / 1000));
    await ports.kicks.send(settlement.spared === true ? ROOM_KICK : PLAIN_KICK, { delaySeconds });
  }
  return written;
}

/** In the same write as the settling, so that whoever reads the end reads the list, too. */
async function listOnce(ports: StoryPorts, row: AttemptRow): Promise<Pick<AttemptRow, 'outputs'>> {
  const since = ports.clock.now();
  const outputs = await freezeOutputs(ports, row, { since, withinMs: LIST_WITHIN_MS, mayWait: true });
  if (outputs.state === 'due')
    ports.log.warn(`The outputs of ${row.jobId}-${row.number} could not be listed yet: ${outputs.why}`);
  return { outputs };
}

function requeued(job: JobRow, settlement: Extract<Settlement, { kind: 'requeue' }>): JobRow {
  const failed = settlement.failedPlacement;
  return {
    ...job,
    state: 'waiting',
    notBefore: settlement.notBefore,
    ...(settlement.spared === true ? { spared: (job.spared ?? 0) + 1 } : {}),
    // The latest failure last: when all have failed, the one that failed longest ago is tried first.
    failedPlacements:
      failed === undefined
        ? job.failedPlacements
        : [...job.failedPlacements.filter((name) => name !== failed), failed],
  };
}
