// The sweep without a store, for when the app itself is gone: removes workloads whose tags say that they have expired
// (I2).
import { messageOf } from '../../domain/errors';
import type { WorkloadList, WorkloadRef } from '../../domain/ports/compute-backend';
import { atOnce, SWEEP_AT_ONCE } from '../flow/at-once';
import { type ListPorts, listWorkloads } from './list-workloads';

export interface ExpiredReport {
  readonly listed: number;
  readonly failedLists: number;
  readonly expired: readonly string[];
  readonly deletesSent: number;
  /** Deletes that could not be sent. The next run finds their workloads again. */
  readonly failedDeletes: number;
}

/** By the server's time and the tags alone. `ownerId`: whose workloads are swept, for there is no store to ask. */
export async function sweepExpired(
  ports: ListPorts,
  ownerId: string,
  { dryRun = false } = {},
): Promise<ExpiredReport> {
  const lists = await listWorkloads(ports, ownerId);
  const expired = lists.had.flatMap(expiredIn);
  const sent = await atOnce(SWEEP_AT_ONCE, dryRun ? [] : expired, ({ ref }) => removeOne(ports, ref));
  return {
    listed: lists.had.reduce((sum, { workloads }) => sum + workloads.length, 0),
    failedLists: lists.failed,
    expired: expired.map(({ ref }) => ref.name),
    deletesSent: sent.filter((one) => one === 'sent').length,
    failedDeletes: sent.filter((one) => one === 'failed').length,
  };
}

/** A workload that can't be removed now does not hold up the others. */
async function removeOne(ports: ListPorts, ref: WorkloadRef): Promise<'sent' | 'not-needed' | 'failed'> {
  try {
    return (await ports.backendOf(ref.placement).remove(ref)).sent === 'nothing' ? 'not-needed' : 'sent';
  } catch (error) {
    ports.log.error(`The delete of ${ref.name} could not be sent now: ${messageOf(error)}`);
    return 'failed';
  }
}

function expiredIn({ serverTime, workloads }: WorkloadList): WorkloadList['workloads'] {
  return workloads.filter(({ expiresAt }) => serverTime >= expiresAt);
}
