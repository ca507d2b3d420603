// Admits one waiting job: takes a place by name, then writes the attempt's row in the same transaction as the job's
// (protocol §3.1–§3.4).
import { admittedAttempt } from '../../domain/attempt/attempt';
import { firstEnding } from '../../domain/attempt/endings';
import { CANCELED_WHILE_WAITING, type End, ended } from '../../domain/job/end-job';
import { reason } from '../../domain/job/failure-reason';
import type { JobRow } from '../../domain/job/job';
import { workloadName } from '../../domain/job/names';
import { runLimitsOf } from '../../domain/job/run-limit';
import { queuedUntil } from '../../domain/job/waiting-hint';
import { lackOf } from '../../domain/placement/capacity';
import { mayProbe } from '../../domain/placement/may-probe';
import type { WaitingHint } from '../../domain/ports/hint-store';
import type { JobRecords } from '../../domain/ports/job-store';
import { gpuFact } from '../../domain/spec/gpu';
import { storyPromiseMs } from '../attempt/story-promise';
import { onFreshRows, READ_AGAIN } from '../flow/read-again';
import { announce } from '../job/announce';
import type { DispatchPorts } from '../ports';
import { freeHolders } from './free-holders';
import type { Places, TakenPlace } from './places';
import { freeLimitsOf, takeLimit } from './run-limits';

export type Admission =
  | { readonly kind: 'admitted' }
  /** The job is over, or has reached this attempt: the hint has done its work. */
  | { readonly kind: 'not-waiting' }
  | { readonly kind: 'no-job' }
  | { readonly kind: 'no-room' }
  /**
   * As many workloads of its group or its concurrency key as may run together are alive, or are being admitted: the row
   * that names them.
   */
  | { readonly kind: 'limit-reached'; readonly row: string }
  /** Not before its time, or its row has not come as far as the hint [W_HINT]. */
  | { readonly kind: 'not-yet' };

/** `onPlaced` is called when the job has its place: what follows no longer concerns those behind it. */
export async function admit(
  ports: DispatchPorts,
  places: Places,
  hint: WaitingHint,
  onPlaced: () => void,
): Promise<Admission> {
  const name = workloadName(hint.jobId, hint.attempt);
  let taken: string | undefined;
  const admission = await onFreshRows<Admission>(ports.jobs, hint.jobId, async (records) => {
    if (records === undefined) return { kind: 'no-job' };
    const job = records.job.row;
    if (job.state === 'over' || job.attempt >= hint.attempt) return { kind: 'not-waiting' };
    if (job.state !== 'waiting' || job.attempt + 1 !== hint.attempt) return { kind: 'not-yet' };
    const isCanceled = records.cancel !== undefined || (await isGroupCanceled(ports, job));
    const end = endWhileWaiting(records, isCanceled, ports.clock.now());
    if (end !== undefined) return endJob(ports, records, end);
    if (job.notBefore > ports.clock.now()) return { kind: 'not-yet' };
    const place = await takePlace(ports, places, records, name);
    if ('kind' in place) return place;
    taken = place.placement;
    onPlaced();
    const activated = await activate(ports, records, hint.attempt, place);
    return activated === 'done' ? { kind: 'admitted' } : READ_AGAIN;
  });
  // Another process has ended or admitted the job meanwhile, perhaps elsewhere. What we took goes back, as far as facts
  // allow.
  if (admission.kind === 'not-waiting' && taken !== undefined) {
    await freeHolders(ports, taken, name);
    await freeLimitsOf(ports, hint.jobId);
  }
  return admission;
}

/**
 * Takes the limits before the place, because no job is admitted without them. None is taken in vain, because it would
 * keep other jobs from their places.
 */
async function takePlace(
  ports: DispatchPorts,
  places: Places,
  records: JobRecords,
  name: string,
): Promise<TakenPlace | Extract<Admission, { kind: 'no-room' | 'limit-reached' }>> {
  const job = records.job.row;
  const probing = mayProbe(records, ports.clock.now(), ports.times);
  if (places.hasRoomFor(job, name, probing)) {
    for (const limit of runLimitsOf(job))
      if (!(await takeLimit(ports, limit, name))) return { kind: 'limit-reached', row: limit.row };
    const place = await places.take(job, name, probing);
    if (place !== undefined) return place;
  }
  places.closeFor(job, probing);
  return { kind: 'no-room' };
}

/** A member that its group's cancel has not reached yet must not start (protocol §5.4). */
async function isGroupCanceled(ports: DispatchPorts, { group }: JobRow): Promise<boolean> {
  return group !== undefined && (await ports.groups.read(group.id))?.cancel !== undefined;
}

function endWhileWaiting(records: JobRecords, isCanceled: boolean, now: number): End | undefined {
  const isLate = now >= queuedUntil(records.job.row);
  return firstEnding<End>({
    canceled: isCanceled ? CANCELED_WHILE_WAITING : undefined,
    deadline: isLate ? waitedTooLong(records) : undefined,
  });
}

function waitedTooLong(records: JobRecords): End {
  const limitS = records.job.row.plan?.deadlines.queued ?? 0;
  const why = `Waited for longer than its deadline of ${limitS} s.${lastLack(records)}`;
  return { outcome: 'TimedOut', reason: reason('queued-deadline', why) };
}

/** What a job that waited in vain was told when it last tried. */
function lastLack({ attempts }: JobRecords): string {
  const last = attempts.at(-1)?.row;
  if (last?.verdict?.kind !== 'failed' || lackOf(last.verdict.reason.code) === undefined) return '';
  return ` Its last attempt, at ${last.placement}: ${last.verdict.reason.message}`;
}

async function endJob(
  ports: DispatchPorts,
  records: JobRecords,
  end: End,
): Promise<Admission | typeof READ_AGAIN> {
  const { row, etag } = records.job;
  const over = ended(row, end, ports.clock.now());
  if ((await ports.jobs.commit(row.jobId, [{ kind: 'replace-job', row: over, etag }])) === 'changed')
    return READ_AGAIN;
  await announce(ports, row.jobId);
  return { kind: 'not-waiting' };
}

async function activate(
  ports: DispatchPorts,
  records: JobRecords,
  attempt: number,
  { placement, gpu, resources, probes }: TakenPlace,
): Promise<'done' | 'changed'> {
  const { row, etag } = records.job;
  const now = ports.clock.now();
  return ports.jobs.commit(row.jobId, [
    { kind: 'replace-job', row: { ...row, state: 'active', attempt }, etag },
    {
      kind: 'insert-attempt',
      row: admittedAttempt({
        jobId: row.jobId,
        number: attempt,
        placement,
        facts: ports.factsOf(placement),
        now,
        promiseMs: storyPromiseMs(ports.times),
        ...gpuFact(gpu, row.plan?.gpu),
        ...(resources === undefined ? {} : { resources }),
        probe: probes,
      }),
    },
  ]);
}
