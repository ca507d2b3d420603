// The sweep: removes our workloads that are over, whatever process died (protocol §6.1, §6.2). Any number may run at
// once.
import { CANCELED, withVerdict } from '../../domain/attempt/after-look';
import type { AttemptRow } from '../../domain/attempt/attempt';
import { firstEnding } from '../../domain/attempt/endings';
import { mayStillAppear } from '../../domain/attempt/fate';
import { withRemovalDue } from '../../domain/attempt/log-due';
import { messageOf } from '../../domain/errors';
import { reason } from '../../domain/job/failure-reason';
import { workloadName } from '../../domain/job/names';
import type { Verdict } from '../../domain/job/outcome';
import type { ListedWorkload, WorkloadRef } from '../../domain/ports/compute-backend';
import { attemptNumbered, type Versioned } from '../../domain/ports/job-store';
import {
  hasExpired,
  isMassDelete,
  type SweepVerdict,
  sweepVerdict,
  type SweptRow,
} from '../../domain/sweep/sweep-verdict';
import { atOnce, SWEEP_AT_ONCE } from '../flow/at-once';
import { reopenedKick } from '../placement/kick';
import type { PlacePorts } from '../ports';
import { type Lists, listWorkloads } from './list-workloads';
import { watchClock } from './watch-clock';

export interface SweepReport {
  readonly listed: number;
  /** Lists that could not be had. The workloads there were left alone. */
  readonly failedLists: number;
  readonly deletesSent: number;
  readonly reopened: number;
  readonly expired: number;
  /** Unknown workloads that were left alone because they were too many. */
  readonly alarmed: number;
  /** Each listed workload that the sweep does not leave alone, and what it does with it. */
  readonly findings: readonly { readonly workload: string; readonly verdict: SweepVerdict }[];
}

export interface SweepOptions {
  /** Looks, and changes nothing. */
  readonly dryRun?: boolean;
  /**
   * Whether this machine's own clock may be used when no list brings the server's time. A host's may, because its
   * platform keeps it on time. A person's machine may be hours off, so nothing expires there without a list.
   */
  readonly clockIsKept?: boolean;
}

interface Swept {
  readonly listed: ListedWorkload;
  /** The server's time of the list that shows it, epoch milliseconds. */
  readonly serverTime: number;
  readonly attempt: Versioned<AttemptRow> | undefined;
  readonly cancelPresent: boolean;
  readonly verdict: SweepVerdict;
  readonly readable: boolean;
}

/** List first, then read each row [M_ROWSFIRST]. A list that fails leaves out only its deletes [W_LISTSTOP]. */
export async function sweep(
  ports: PlacePorts,
  { dryRun = false, clockIsKept = true }: SweepOptions = {},
): Promise<SweepReport> {
  const askedAt = ports.clock.now();
  const lists = await listWorkloads(ports, (await ports.owner.get()).id);
  if (clockIsKept)
    watchClock(
      ports,
      askedAt,
      ports.clock.now(),
      lists.had.map(({ serverTime }) => serverTime),
    );
  const judged = await atOnce(
    SWEEP_AT_ONCE,
    lists.had.flatMap(({ serverTime, workloads }) => workloads.map((listed) => ({ listed, serverTime }))),
    ({ listed, serverTime }) => judge(ports, listed, serverTime),
  );
  const unknown = judged.filter(({ verdict }) => verdict === 'delete-unknown').length;
  const alarmed = isMassDelete(unknown, judged.length) ? unknown : 0;
  const swept = lists.failed === 0 ? judged : judged.map((one) => uncounted(ports, one));
  if (alarmed > 0) {
    ports.log.error(
      `ALARM: ${unknown} of ${swept.length} listed workloads are ours by their tags and have no row. None of them is deleted: check that this app reads the right storage account, then delete them by hand.`,
    );
  }
  const findings = swept
    .filter(({ verdict }) => verdict !== 'leave')
    .map(({ listed, verdict }) => ({ workload: listed.ref.name, verdict }));
  const counts = { listed: swept.length, failedLists: lists.failed, alarmed, findings };
  const report = { deletesSent: 0, reopened: 0, expired: 0 };
  if (dryRun) return { ...counts, ...report };
  const allowed = swept.filter(({ verdict }) => verdict !== 'delete-unknown' || alarmed === 0);
  const done = await atOnce(SWEEP_AT_ONCE, allowed, (one) =>
    guarded(ports, one.listed.ref.name, () => act(ports, one)),
  );
  for (const effect of done) if (effect !== undefined) report[effect] += 1;
  const index = await ports.hints.listUnfinished();
  await repairIndex(ports, swept, new Set(index));
  const now = serverNow(lists) ?? (clockIsKept ? ports.clock.now() : undefined);
  if (now === undefined)
    ports.log.warn('No list came, and with it no server’s time: what has expired is left to the next sweep.');
  else report.expired += await expireUnlisted(ports, index, swept, now);
  const sawEverything = lists.failed === 0 && swept.every(({ readable }) => readable);
  if (sawEverything && alarmed === 0 && now !== undefined) await ports.control.noteGoodSweep(now);
  return { ...counts, ...report };
}

/** Without all lists nobody can tell how many workloads have no row. Only one whose tags have expired is deleted. */
function uncounted(ports: PlacePorts, one: Swept): Swept {
  const { listed, serverTime, verdict } = one;
  if (verdict !== 'delete-unknown' || serverTime >= listed.expiresAt) return one;
  ports.log.warn(
    `Workload ${listed.ref.name} has no row. It is left until its tags expire or all lists come: without them nobody can tell how many such workloads there are.`,
  );
  return { ...one, verdict: 'leave' };
}

async function judge(ports: PlacePorts, listed: ListedWorkload, serverTime: number): Promise<Swept> {
  const read = await readRow(ports, listed.ref);
  const found = typeof read === 'string' ? { attempt: undefined, cancelPresent: false } : read;
  const swept: SweptRow =
    typeof read === 'string' ? { kind: read } : { kind: 'known', row: read.attempt.row };
  const verdict = sweepVerdict(listed, swept, serverTime, ports.times);
  return { listed, serverTime, ...found, verdict, readable: swept.kind !== 'unreadable' };
}

async function readRow(
  ports: PlacePorts,
  ref: WorkloadRef,
): Promise<{ attempt: Versioned<AttemptRow>; cancelPresent: boolean } | 'absent' | 'unreadable'> {
  try {
    const records = await ports.jobs.read(ref.jobId);
    const attempt = attemptNumbered(records, ref.attempt);
    return attempt === undefined ? 'absent' : { attempt, cancelPresent: records?.cancel !== undefined };
  } catch (error) {
    ports.log.warn(`The row of ${ref.name} can't be read, it counts as present: ${messageOf(error)}`);
    return 'unreadable';
  }
}

async function act(
  ports: PlacePorts,
  { listed, serverTime, attempt, cancelPresent, verdict }: Swept,
): Promise<'deletesSent' | 'reopened' | 'expired' | undefined> {
  const ref = { ...listed.ref, placement: placementOf(ports, listed, attempt) };
  const backend = ports.backendOf(ref.placement);
  const known = attempt && { mayStillAppear: mayStillAppear(attempt.row, serverTime, ports.times) };
  switch (verdict) {
    case 'leave':
      return undefined;
    case 'delete':
    case 'delete-unknown':
      return (await backend.remove(ref, known)).sent === 'nothing' ? undefined : 'deletesSent';
    case 'look-again': {
      if (attempt === undefined) return undefined;
      const shown = (await backend.observe(ref)).kind;
      if (shown !== 'present' && shown !== 'prepared') return undefined;
      // Put it back into the index first. A finished job may have left it, and then no story would drive this attempt
      // to gone.
      await ports.hints.addJob(ref.jobId);
      // Written on the ETag from before the look; the list alone is not believed [W_REOPEN].
      const row: AttemptRow = {
        ...attempt.row,
        cleanup: 'requested',
        seen: attempt.row.seen || shown === 'present', // A preparation that came late is no workload [W_PREPSEEN].
        // What an earlier delete and earlier looks proved of this name is disproved.
        deleteSentAt: undefined,
        absentSince: undefined,
        absentCount: 0,
      };
      if ((await write(ports, attempt, row)) === 'changed') return undefined;
      ports.log.error(`Workload ${ref.name} is there again after it was gone; its cleanup is reopened.`);
      await ports.kicks.send(reopenedKick(ref.placement, ref.name));
      return 'reopened';
    }
    case 'expire':
      if (attempt === undefined || !(await expire(ports, attempt, cancelPresent, serverTime)))
        return undefined;
      await backend.remove(ref, known);
      return 'expired';
  }
}

/**
 * The attempt's own placement when its row is known, because two placements may share a resource group. The listed one
 * when the attempt's is no longer configured.
 */
function placementOf({ placements }: PlacePorts, { ref }: ListedWorkload, attempt: Swept['attempt']): string {
  const own = attempt?.row.placement;
  return placements.find(({ name }) => name === own)?.name ?? ref.placement;
}

/**
 * The index is a hint. A job whose workload exists, and is not gone by its row, belongs into the index; otherwise no
 * story would drive it to gone (I5).
 */
async function repairIndex(
  ports: PlacePorts,
  swept: readonly Swept[],
  index: ReadonlySet<string>,
): Promise<void> {
  for (const { attempt } of swept) {
    if (attempt === undefined || attempt.row.cleanup === 'gone' || index.has(attempt.row.jobId)) continue;
    ports.log.warn(`Job ${attempt.row.jobId} was missing from the index; it is put back.`);
    await ports.hints.addJob(attempt.row.jobId);
  }
}

/**
 * Expires every attempt of every unfinished job by its row's own expiry, listed or not [W_EXPLISTED]. The story then
 * deletes the workload.
 */
async function expireUnlisted(
  ports: PlacePorts,
  index: readonly string[],
  swept: readonly Swept[],
  now: number,
): Promise<number> {
  const listed = new Set(swept.map((one) => one.listed.ref.name));
  const expired = await atOnce(SWEEP_AT_ONCE, index, (jobId) =>
    guarded(ports, jobId, async () => {
      const records = await ports.jobs.read(jobId);
      let count = 0;
      for (const attempt of records?.attempts ?? []) {
        if (listed.has(workloadName(jobId, attempt.row.number)) || !hasExpired(attempt.row, now)) continue;
        if (await expire(ports, attempt, records?.cancel !== undefined, now)) count += 1;
      }
      return count;
    }),
  );
  return expired.reduce<number>((sum, count) => sum + (count ?? 0), 0);
}

/** The earliest of the times that came with the lists; undefined when none came (I3). */
function serverNow({ had }: Lists): number | undefined {
  return had.length === 0 ? undefined : Math.min(...had.map(({ serverTime }) => serverTime));
}

/**
 * A verdict that is there already stays [M_EXPVERDICT], and a cancel comes before the expiry. Only the process whose
 * write succeeds may delete.
 */
async function expire(
  ports: PlacePorts,
  attempt: Versioned<AttemptRow>,
  cancelPresent: boolean,
  now: number,
): Promise<boolean> {
  const why = reason('expired', 'Past its expiry: it outlived all its deadlines together.');
  const decided = attempt.row.verdict;
  const verdict = firstEnding<Verdict>({
    decided,
    canceled: cancelPresent ? CANCELED : undefined,
    expired: { kind: 'timed-out', reason: why },
  });
  const row =
    verdict === undefined || verdict === decided ? attempt.row : withVerdict(attempt.row, verdict, now);
  const { logSources } = ports.factsOf(row.placement);
  return (await write(ports, attempt, withRemovalDue(row, logSources, now))) === 'done';
}

function write(
  ports: PlacePorts,
  { etag }: Versioned<AttemptRow>,
  row: AttemptRow,
): Promise<'done' | 'changed'> {
  return ports.jobs.commit(row.jobId, [{ kind: 'replace-attempt', row, etag }]);
}

/** A workload that can't be handled now does not hold up the others; the next sweep finds it again. */
async function guarded<T>(ports: PlacePorts, name: string, run: () => Promise<T>): Promise<T | undefined> {
  try {
    return await run();
  } catch (error) {
    ports.log.error(`The sweep could not handle ${name}, again in a minute: ${messageOf(error)}`);
    return undefined;
  }
}
