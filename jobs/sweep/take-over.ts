// The sweep's second half: takes over attempts that no story drives, and announces outcomes that were not announced
// (protocol §6.3, §6.4).
import type { AttemptRow } from '../../domain/attempt/attempt';
import { messageOf } from '../../domain/errors';
import { GROUP_ID } from '../../domain/group/group';
import { attemptOfName, workloadName } from '../../domain/job/names';
import { runLimitsOf } from '../../domain/job/run-limit';
import { areDue, outputsDue } from '../../domain/outputs/outputs-due';
import { ORPHANED_AFTER_MS } from '../../domain/ports/hint-store';
import type { JobRecords, RowChange, Versioned } from '../../domain/ports/job-store';
import { isFinished, takeover } from '../../domain/sweep/take-over';
import { storyPromiseMs } from '../attempt/story-promise';
import { atOnce, SWEEP_AT_ONCE } from '../flow/at-once';
import { makeMembers } from '../group/make-members';
import { announce } from '../job/announce';
import { cancel } from '../job/cancel';
import { mustHold, restoreHolder } from '../placement/restore-holder';
import { freeLimitsOf } from '../placement/run-limits';
import type { DispatchPorts, SubmitPorts } from '../ports';
import { logsDue } from './complete-logs';

type TakeOverPorts = DispatchPorts & SubmitPorts;

/** What was read before the jobs' rows. */
interface Before {
  /** If a name is missing although its attempt is not gone, it was freed and its cleanup reopened. */
  readonly names: ReadonlySet<string>;
  /**
   * Jobs for which secrets are held. A job that is over appears here if a stalled submission stored its secrets again.
   */
  readonly withSecrets: ReadonlySet<string>;
  /** Whether a person has canceled the whole group; each is read once. */
  readonly isCanceled: (groupId: string) => Promise<boolean>;
}

/** Jobs for which something is left after their attempts, by their ids. */
interface Unfinished {
  readonly logs: readonly string[];
  readonly outputs: readonly string[];
}

/**
 * Looks after every job in the index or with held secrets. One that fails is logged and left for the next minute.
 * Resolves to those with a log to complete or outputs to list, so that nobody reads the rows of all jobs for it again.
 */
export async function takeOverJobs(ports: TakeOverPorts): Promise<Unfinished> {
  const before: Before = {
    names: await heldNames(ports),
    withSecrets: await jobsWithSecrets(ports),
    isCanceled: canceledGroups(ports),
  };
  const jobIds = new Set([...(await ports.hints.listUnfinished()), ...before.withSecrets]);
  const unfinished = { logs: [] as string[], outputs: [] as string[] };
  await atOnce(SWEEP_AT_ONCE, [...jobIds], async (jobId) => {
    try {
      if (GROUP_ID.test(jobId)) {
        await goOnWithGroup(ports, jobId);
        return;
      }
      const records = await ports.jobs.read(jobId);
      if (records !== undefined && logsDue(records).length > 0) unfinished.logs.push(jobId);
      if (records !== undefined && outputsDue(records).length > 0) unfinished.outputs.push(jobId);
      await lookAfter(ports, jobId, records, before);
    } catch (error) {
      ports.log.error(`Job ${jobId} could not be looked after, again in a minute: ${messageOf(error)}`);
    }
  });
  return unfinished;
}

/** A submission that was cut off has left members to make, or only its hint. */
async function goOnWithGroup(ports: TakeOverPorts, groupId: string): Promise<void> {
  if ((await ports.groups.read(groupId)) === undefined) await forgetSubmission(ports, groupId);
  else await makeMembers(ports, groupId);
}

function canceledGroups(ports: DispatchPorts): Before['isCanceled'] {
  const known = new Map<string, Promise<boolean>>();
  return (groupId) => {
    const asked =
      known.get(groupId) ?? ports.groups.read(groupId).then((found) => found?.cancel !== undefined);
    known.set(groupId, asked);
    return asked;
  };
}

async function lookAfter(
  ports: DispatchPorts,
  jobId: string,
  records: JobRecords | undefined,
  before: Before,
): Promise<void> {
  if (records === undefined) {
    await forgetSubmission(ports, jobId);
    return;
  }
  // The process that canceled its group may have died before it came to this member (protocol §5.4).
  const { group, state } = records.job.row;
  if (group !== undefined && state !== 'over' && records.cancel === undefined)
    if (await before.isCanceled(group.id)) await cancel(ports, jobId);
  for (const attempt of records.attempts) {
    const { number } = attempt.row;
    // The name may also be missing in the row of a limit.
    const isLimited = runLimitsOf(records.job.row).length > 0;
    if (mustHold(attempt.row) && (isLimited || !before.names.has(workloadName(jobId, number))))
      await restoreHolder(ports, jobId, number);
    if (!isFinished(attempt.row, records)) await driveAttempt(ports, records, attempt);
  }
  const isListed = await checkLists(ports, records);
  if (records.job.row.state !== 'over') return;
  if (!records.job.row.eventSent) {
    await announce(ports, jobId); // Its secrets go too.
    return;
  }
  if (before.withSecrets.has(jobId)) await ports.heldSecrets.remove(jobId);
  if (!isDone(records)) return;
  // Any name of this job counts: an admission that was cut short holds a place for an attempt that does not exist.
  if ([...(await heldNames(ports))].some((name) => attemptOfName(name)?.jobId === jobId)) return;
  if (await freeLimitsOf(ports, jobId)) return;
  if (!isListed) return; // Once out of the index, its lists would not be repaired any more.
  await forget(ports, jobId);
}

function isDone(records: JobRecords): boolean {
  const { state, eventSent } = records.job.row;
  if (state !== 'over' || !eventSent) return false;
  return records.attempts.every(
    // A log that is being completed is found by the index, and so are outputs that are to be listed.
    ({ row }) => isFinished(row, records) && row.logCompletion?.state !== 'completing' && !areDue(row),
  );
}

/**
 * Takes the job out of the index. Puts it back if a cleanup was reopened meanwhile or if the rows can't be read,
 * because the reopening's own hint may have been removed here.
 */
async function forget(ports: DispatchPorts, jobId: string): Promise<void> {
  await ports.hints.removeUnfinished(jobId);
  const latest = await ports.jobs.read(jobId).catch(() => 'unreadable' as const);
  if (latest === undefined || (latest !== 'unreadable' && isDone(latest))) return;
  await ports.hints.addJob(jobId);
}

/**
 * A submission whose row was never inserted may be repeated for a day. Then its leftovers are removed, unless they were
 * written again.
 */
async function forgetSubmission(ports: DispatchPorts, jobId: string): Promise<void> {
  const before = ports.clock.now() - ORPHANED_AFTER_MS;
  await ports.heldSecrets.removeWrittenBefore(jobId, before);
  await ports.hints.removeUnfinishedWrittenBefore(jobId, before);
}

/**
 * Makes the lists say what the rows say, because the process that wrote the rows may have died before listing them.
 * Resolves to whether they do.
 */
async function checkLists(ports: DispatchPorts, records: JobRecords): Promise<boolean> {
  try {
    await ports.lists.check(records);
    return true;
  } catch (error) {
    const { jobId } = records.job.row;
    ports.log.warn(`The lists could not be told of job ${jobId}, again in a minute: ${messageOf(error)}`);
    return false;
  }
}

async function jobsWithSecrets(ports: DispatchPorts): Promise<ReadonlySet<string>> {
  try {
    return new Set(await ports.heldSecrets.listJobs());
  } catch (error) {
    ports.log.warn(
      `Secrets that nobody needs any more are not looked for in this minute: ${messageOf(error)}`,
    );
    return new Set();
  }
}

async function heldNames(ports: DispatchPorts): Promise<ReadonlySet<string>> {
  const rows = await Promise.all(ports.placements.map(({ name }) => ports.placementRows.read(name)));
  return new Set(rows.flatMap(({ row }) => Object.keys(row.holders)));
}

async function driveAttempt(
  ports: DispatchPorts,
  records: JobRecords,
  attempt: Versioned<AttemptRow>,
): Promise<void> {
  const { row, etag } = attempt;
  const now = ports.clock.now();
  const verdict = takeover(
    row,
    await ports.starter.status({ jobId: row.jobId, attempt: row.number, epoch: row.epoch }),
    now,
  );
  if (verdict === 'leave') return;
  const epoch = row.epoch + 1;
  const changes: RowChange[] = [
    {
      kind: 'replace-attempt',
      row: { ...row, epoch, heartbeat: now, nextBy: now + storyPromiseMs(ports.times) },
      etag,
    },
  ];
  if (verdict === 'cancel-and-take-over' && records.cancel === undefined) {
    // Nothing of a terminated story runs any more (docs/facts/durable-functions.md#terminate): one transaction with the
    // row whose instance was seen terminated [W_TERMOLD].
    changes.push({
      kind: 'insert-cancel',
      row: { jobId: row.jobId, at: now, by: 'terminated-orchestration' },
    });
  }
  // Another writer was faster; the next sweep looks again.
  if ((await ports.jobs.commit(row.jobId, changes)) === 'changed') return;
  ports.log.warn(
    `Attempt ${workloadName(row.jobId, row.number)} was driven by nobody: epoch ${epoch} takes over.`,
  );
  await ports.starter.start({ jobId: row.jobId, attempt: row.number, epoch });
}
