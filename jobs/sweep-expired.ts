// The sweep without a store: removes what its own tags call expired, when the app itself is gone (I2).
import type { WorkloadList } from '../domain/compute-backend';
import type { Placement } from '../domain/placement';
import { listWorkloads } from './list-workloads';
import type { Ports } from './ports';

export interface ExpiredReport {
  readonly listed: number;
  readonly failedLists: number;
  readonly expired: readonly string[];
  readonly deletesSent: number;
}

export interface ExpiredSweepPorts extends Pick<Ports, 'backendOf' | 'log'> {
  readonly placements: readonly Placement[];
  /** Whose workloads; there is no store to ask. */
  readonly ownerId: string;
}

/** By the server's time and the tags alone. */
export async function sweepExpired(
  ports: ExpiredSweepPorts,
  { dryRun = false } = {},
): Promise<ExpiredReport> {
  const owner = { get: () => Promise.resolve({ id: ports.ownerId, key: '' }) };
  const lists = await listWorkloads({ ...ports, owner });
  const expired = lists.had.flatMap(expiredIn);
  let deletesSent = 0;
  for (const { ref } of dryRun ? [] : expired) {
    if ((await ports.backendOf(ref.placement).remove(ref)).deleteSent) deletesSent += 1;
  }
  return {
    listed: lists.had.reduce((sum, { workloads }) => sum + workloads.length, 0),
    failedLists: lists.failed,
    expired: expired.map(({ ref }) => ref.name),
    deletesSent,
  };
}

function expiredIn({ serverTime, workloads }: WorkloadList): WorkloadList['workloads'] {
  return workloads.filter(({ expiresAt }) => serverTime >= expiresAt);
}
