// Concurrency keys, and groups of which only so many run at once, at admission: taken by name before a place is, and
// freed from a holder that is gone (protocol §3.6).
import { attemptOfName } from '../../domain/job/names';
import { type RunLimit, runLimitsOf } from '../../domain/job/run-limit';
import { mayLeave } from '../../domain/placement/holder-verdict';
import type { JobRecords } from '../../domain/ports/job-store';
import type { PlacementRow } from '../../domain/ports/placement-store';
import type { PlacePorts } from '../ports';
import { freeHolders } from './free-holders';

/**
 * Whether `name` is now one of those that the limit lets run. A name stays until its attempt is gone, or its job is
 * over without that attempt. A waiting job's name stays for the process that finishes its admission, as in a
 * placement's row [W_RECON].
 */
export async function takeLimit(ports: PlacePorts, limit: RunLimit, name: string): Promise<boolean> {
  for (;;) {
    const { row, etag } = await ports.placementRows.read(limit.row);
    if (name in row.holders) return true;
    const held =
      Object.keys(row.holders).length < limit.most ? row.holders : await staying(ports, row, limit);
    if (Object.keys(held).length >= limit.most) return false;
    const holders = { ...held, [name]: { cores: 0, since: ports.clock.now() } };
    if ((await ports.placementRows.write({ ...row, holders }, etag)) === 'done') return true;
  }
}

/** Puts back the name of a workload that is there again, even if others have its place by now. */
export async function restoreLimits(
  ports: PlacePorts,
  records: JobRecords | undefined,
  name: string,
): Promise<void> {
  for (const limit of records === undefined ? [] : runLimitsOf(records.job.row))
    await restoreLimit(ports, limit, name);
}

async function restoreLimit(ports: PlacePorts, limit: RunLimit, name: string): Promise<void> {
  for (;;) {
    const { row, etag } = await ports.placementRows.read(limit.row);
    if (name in row.holders) return;
    const holders = { ...row.holders, [name]: { cores: 0, since: ports.clock.now() } };
    if ((await ports.placementRows.write({ ...row, holders }, etag)) === 'done') return;
  }
}

/** Frees what the job's attempts held of its limits, as far as they are gone. Resolves to whether any is still held. */
export async function freeLimitsOf(ports: PlacePorts, jobId: string): Promise<boolean> {
  const job = (await ports.jobs.read(jobId))?.job.row;
  let holds = false;
  for (const { row: place, most } of job === undefined ? [] : runLimitsOf(job)) {
    // Of many holders only the job's own are looked at: the others have their own ends.
    await freeHolders(ports, place, most === 1 ? undefined : jobId);
    const { row } = await ports.placementRows.read(place);
    holds ||= Object.keys(row.holders).some((name) => attemptOfName(name)?.jobId === jobId);
  }
  return holds;
}

/**
 * The holders that may not leave, as many as the limit lets run at least. The attempts are read after the row. A holder
 * counts until a fact says otherwise.
 */
async function staying(
  ports: PlacePorts,
  row: PlacementRow,
  { most }: RunLimit,
): Promise<PlacementRow['holders']> {
  const names = Object.keys(row.holders);
  const stay = new Set<string>();
  for (let at = 0; at < names.length; at += most) {
    const some = names.slice(at, at + most);
    const left = await Promise.all(some.map((name) => hasLeft(ports, row, name)));
    for (const [index, name] of some.entries()) if (left[index] === false) stay.add(name);
    if (stay.size >= most) return row.holders;
  }
  return Object.fromEntries(Object.entries(row.holders).filter(([name]) => stay.has(name)));
}

async function hasLeft(ports: PlacePorts, row: PlacementRow, name: string): Promise<boolean> {
  const of = attemptOfName(name);
  return of !== undefined && mayLeave(row.placement, of.attempt, await ports.jobs.read(of.jobId));
}
