// The part of the tick that completes logs (protocol §7). Nothing else waits for it.
import { messageOf } from '../../domain/errors';
import { awaitsAnnouncement } from '../../domain/job/awaits-announcement';
import { attemptNumbered, type JobRecords } from '../../domain/ports/job-store';
import { atOnce } from '../flow/at-once';
import { completeLog } from '../logs/complete-log';
import type { CompletePorts } from '../ports';

/** At a time. A store of logs allows a few questions at once (docs/facts/container-apps.md#log-store). */
const AT_ONCE = 2;
/** No step is begun later, milliseconds; what is left is for the next minute. */
const BEGIN_WITHIN_MS = 30_000;
const MINUTE_MS = 60_000;

/** Of jobs that were found with logs to complete. One that fails is logged and left for the next minute. */
export async function completeLogs(ports: CompletePorts, found: readonly string[]): Promise<void> {
  const until = ports.clock.now() + BEGIN_WITHIN_MS;
  await atOnce(AT_ONCE, inTurn(found, ports.clock.now()), async (jobId) => {
    try {
      await completeLogsOf(ports, jobId, until);
    } catch (error) {
      ports.log.error(`The log of job ${jobId} could not be completed now: ${messageOf(error)}`);
    }
  });
}

async function completeLogsOf(ports: CompletePorts, jobId: string, until: number): Promise<void> {
  const records = ports.clock.now() < until ? await ports.jobs.read(jobId) : undefined;
  for (const number of records === undefined ? [] : logsDue(records)) {
    for (let next = 'go-on'; next === 'go-on' && ports.clock.now() < until;) {
      const fresh = await ports.jobs.read(jobId);
      const attempt = attemptNumbered(fresh, number);
      if (fresh === undefined || attempt === undefined || !logsDue(fresh).includes(number)) break;
      next = await completeLog(ports, fresh, attempt);
    }
  }
}

/**
 * The attempts whose logs are to be completed now. A program whose workload is not gone may still print. While a job is
 * over and not announced, its announcement may be made of older rows.
 */
export function logsDue({ job: { row: job }, attempts }: JobRecords): number[] {
  if (awaitsAnnouncement(job)) return [];
  return attempts.flatMap(({ row }) =>
    row.logCompletion?.state === 'completing' && row.cleanup === 'gone' ? [row.number] : [],
  );
}

/** Beginning with another one each minute, so that none is always the last. */
function inTurn(jobIds: readonly string[], now: number): readonly string[] {
  const first = jobIds.length === 0 ? 0 : Math.floor(now / MINUTE_MS) % jobIds.length;
  return [...jobIds.slice(first), ...jobIds.slice(0, first)];
}
