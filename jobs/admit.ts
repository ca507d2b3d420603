// Admitting one waiting job: a place taken by name, then the attempt's row in the same transaction as the job's (protocol §3.1–§3.4).
import { hasRoom, placementOrder, withHolder } from '../domain/admission';
import { admittedAttempt } from '../domain/attempt';
import { type End, ended } from '../domain/end-job';
import { reason } from '../domain/failure-reason';
import type { WaitingHint } from '../domain/hint-store';
import type { JobRow } from '../domain/job';
import { workloadName } from '../domain/job-id';
import type { JobRecords } from '../domain/job-store';
import { announce } from './announce';
import type { Ports } from './ports';
import { onFreshRows, READ_AGAIN } from './read-again';
import { storyPromiseMs } from './story-promise';

export type AdmitPorts = Pick<
  Ports,
  | 'clock'
  | 'jobs'
  | 'hints'
  | 'placementRows'
  | 'placements'
  | 'results'
  | 'events'
  | 'heldSecrets'
  | 'times'
  | 'log'
>;

export type Admission =
  | { readonly kind: 'admitted' }
  /** The job is over, or has reached this attempt: the hint has done its work. */
  | { readonly kind: 'not-waiting' }
  | { readonly kind: 'no-job' }
  | { readonly kind: 'no-room' }
  /** Not before its time, or its row has not come as far as the hint [W_HINT]. */
  | { readonly kind: 'not-yet' };

/** `passed` names the placements that an older job waits for; a job that waits too adds all of its own. */
export async function admit(ports: AdmitPorts, hint: WaitingHint, passed: Set<string>): Promise<Admission> {
  return onFreshRows<Admission>(ports, hint.jobId, async (records) => {
    if (records === undefined) return { kind: 'no-job' };
    const job = records.job.row;
    if (job.state === 'over' || job.attempt >= hint.attempt) return { kind: 'not-waiting' };
    if (job.state !== 'waiting' || job.attempt + 1 !== hint.attempt) return { kind: 'not-yet' };
    const end = endWhileWaiting(records, ports.clock.now());
    if (end !== undefined) return endJob(ports, records, end);
    if (job.notBefore > ports.clock.now()) return { kind: 'not-yet' };
    const placement = await takePlace(ports, job, workloadName(job.jobId, hint.attempt), passed);
    if (placement === undefined) return { kind: 'no-room' };
    return (await activate(ports, records, hint.attempt, placement)) === 'done'
      ? { kind: 'admitted' }
      : READ_AGAIN;
  });
}

function endWhileWaiting(records: JobRecords, now: number): End | undefined {
  const job = records.job.row;
  if (records.cancel !== undefined)
    return { outcome: 'Canceled', reason: reason('canceled', 'Canceled while it waited.') };
  const limitS = job.plan?.deadlines.queued ?? 0;
  if (now - job.notBefore < limitS * 1000) return undefined;
  return {
    outcome: 'TimedOut',
    reason: reason('queued-deadline', `Waited for longer than its deadline of ${limitS} s.`),
  };
}

async function endJob(
  ports: AdmitPorts,
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

/** The placement that now holds the name: one that held it already, else the first in the job's order with room that no older job waits for. */
async function takePlace(
  ports: AdmitPorts,
  job: JobRow,
  name: string,
  passed: Set<string>,
): Promise<string | undefined> {
  const order = placementOrder(job).flatMap((wanted) =>
    ports.placements.filter((placement) => placement.name === wanted),
  );
  for (;;) {
    const read = await Promise.all(
      order.map(async (placement) => ({ placement, ...(await ports.placementRows.read(placement.name)) })),
    );
    const holding = read.find(({ row }) => name in row.holders);
    if (holding !== undefined) return holding.placement.name;
    const now = ports.clock.now();
    const cores = job.plan?.resources.cpu ?? 0;
    const roomy = read.find(
      ({ placement, row }) => !passed.has(placement.name) && hasRoom(placement, row, cores, now),
    );
    if (roomy === undefined) {
      for (const { name: waitedFor } of order) passed.add(waitedFor);
      return undefined;
    }
    if ((await ports.placementRows.write(withHolder(roomy.row, name, cores, now), roomy.etag)) === 'done')
      return roomy.placement.name;
  }
}

async function activate(
  ports: AdmitPorts,
  records: JobRecords,
  attempt: number,
  placement: string,
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
        now,
        promiseMs: storyPromiseMs(ports.times),
      }),
    },
  ]);
}
