// The sweep without a store, for when the app itself is gone: removes workloads whose tags say that they have expired
// (I2).
import { messageOf } from '../../domain/errors';
import type { RemovalAnswer, WorkloadList, WorkloadRef } from '../../domain/ports/compute-backend';
import { atOnce, SWEEP_AT_ONCE } from '../flow/at-once';
import { type ListPorts, listWorkloads } from './list-workloads';

/** What it takes: no storage. */
export interface ExpiredPorts extends ListPorts {
  /** Resolves after so many milliseconds. */
  readonly pause: (ms: number) => Promise<void>;
}

export interface ExpiredReport {
  readonly listed: number;
  readonly failedLists: number;
  readonly expired: readonly string[];
  readonly deletesSent: number;
  /** Deletes that could not be sent, or not yet. The next run finds their workloads again. */
  readonly failedDeletes: number;
}

/** What is to be stopped before it is deleted is asked again after so long, milliseconds, and so many times. */
const AGAIN_AFTER_MS = 10_000;
const MOST_ROUNDS = 15;

/** By the server's time and the tags alone. `ownerId`: whose workloads are swept, for there is no store to ask. */
export async function sweepExpired(
  ports: ExpiredPorts,
  ownerId: string,
  { dryRun = false } = {},
): Promise<ExpiredReport> {
  const lists = await listWorkloads(ports, ownerId);
  const expired = lists.had.flatMap(expiredIn);
  const sent = await removeAll(ports, dryRun ? [] : expired.map(({ ref }) => ref));
  return {
    listed: lists.had.reduce((sum, { workloads }) => sum + workloads.length, 0),
    failedLists: lists.failed,
    expired: expired.map(({ ref }) => ref.name),
    deletesSent: sent.filter((one) => one === 'delete').length,
    failedDeletes: sent.filter((one) => one === 'failed' || one === 'stop').length,
  };
}

type Sent = RemovalAnswer['sent'] | 'failed';

/**
 * Goes on with what was stopped only, because another process would not know that it was: it would stop it again, for
 * good where a workload does not end.
 */
async function removeAll(ports: ExpiredPorts, refs: readonly WorkloadRef[], round = 1): Promise<Sent[]> {
  const sent = await atOnce(SWEEP_AT_ONCE, refs, (ref) => removeOne(ports, ref));
  const stopped = refs.filter((_, index) => sent[index] === 'stop');
  const settled = sent.filter((one) => one !== 'stop');
  if (stopped.length === 0) return settled;
  if (round === MOST_ROUNDS) return [...settled, ...stopped.map((): Sent => 'stop')];
  await ports.pause(AGAIN_AFTER_MS);
  return [...settled, ...(await removeAll(ports, stopped, round + 1))];
}

/** A workload that can't be removed now does not hold up the others. */
async function removeOne(ports: ExpiredPorts, ref: WorkloadRef): Promise<Sent> {
  try {
    return (await ports.backendOf(ref.placement).remove(ref)).sent;
  } catch (error) {
    ports.log.error(`The delete of ${ref.name} could not be sent now: ${messageOf(error)}`);
    return 'failed';
  }
}

function expiredIn({ serverTime, workloads }: WorkloadList): WorkloadList['workloads'] {
  return workloads.filter(({ expiresAt }) => serverTime >= expiresAt);
}
