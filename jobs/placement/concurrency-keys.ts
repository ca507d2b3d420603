// Concurrency keys at admission: taken by name before a place is, and freed from a holder that is gone (protocol §3.6).
import { keyRowName } from '../../domain/job/concurrency-key';
import { attemptOfName } from '../../domain/job/names';
import { mayLeave } from '../../domain/placement/holder-verdict';
import type { PlacementRow } from '../../domain/ports/placement-store';
import type { PlacePorts } from '../ports';
import { freeHolders } from './free-holders';

/**
 * Whether `name` now holds the key. A name stays until its attempt is gone, or its job is over without that attempt. A
 * waiting job's name stays for the process that finishes its admission, as in a placement's row [W_RECON].
 */
export async function takeKey(ports: PlacePorts, key: string, name: string): Promise<boolean> {
  for (;;) {
    const { row, etag } = await ports.placementRows.read(keyRowName(key));
    if (name in row.holders) return true;
    if (!(await haveAllLeft(ports, row))) return false;
    const taken = { ...row, holders: { [name]: { cores: 0, since: ports.clock.now() } } };
    if ((await ports.placementRows.write(taken, etag)) === 'done') return true;
  }
}

/** Puts back the name of a workload that is there again, even if another one holds the key by now. */
export async function restoreKey(ports: PlacePorts, key: string, name: string): Promise<void> {
  for (;;) {
    const { row, etag } = await ports.placementRows.read(keyRowName(key));
    if (name in row.holders) return;
    const holders = { ...row.holders, [name]: { cores: 0, since: ports.clock.now() } };
    if ((await ports.placementRows.write({ ...row, holders }, etag)) === 'done') return;
  }
}

/** Frees the key that the job's attempts held, as far as they are gone. Resolves to whether the job still holds it. */
export async function freeKeyOf(ports: PlacePorts, jobId: string): Promise<boolean> {
  const key = (await ports.jobs.read(jobId))?.job.row.plan?.concurrencyKey;
  if (key === undefined) return false;
  await freeHolders(ports, keyRowName(key));
  const { row } = await ports.placementRows.read(keyRowName(key));
  return Object.keys(row.holders).some((name) => attemptOfName(name)?.jobId === jobId);
}

/** The attempts are read after the key's row. A holder counts until a fact says otherwise. */
async function haveAllLeft(ports: PlacePorts, row: PlacementRow): Promise<boolean> {
  for (const name of Object.keys(row.holders)) {
    const of = attemptOfName(name);
    if (of === undefined || !mayLeave(row.placement, of.attempt, await ports.jobs.read(of.jobId)))
      return false;
  }
  return true;
}
