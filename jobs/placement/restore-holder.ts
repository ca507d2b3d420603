// Puts a name back into its placement's row when its cleanup was reopened, even over the limit (protocol §3.6).
import type { AttemptRow } from '../../domain/attempt/attempt';
import { workloadName } from '../../domain/job/names';
import { holderOf } from '../../domain/placement/admission';
import { attemptNumbered } from '../../domain/ports/job-store';
import type { PlacePorts } from '../ports';
import { restoreLimits } from './run-limits';

/** Whether the attempt's workload counts against its placement: admitted and not gone. */
export function mustHold(row: AttemptRow): boolean {
  return row.cleanup !== 'gone';
}

/**
 * Reads the placement's row first, the attempt's after it; does nothing for an attempt that is gone or holds its place.
 */
export async function restoreHolder(ports: PlacePorts, jobId: string, attempt: number): Promise<boolean> {
  for (;;) {
    const placement = attemptNumbered(await ports.jobs.read(jobId), attempt)?.row.placement;
    if (placement === undefined) return false;
    const { row, etag } = await ports.placementRows.read(placement);
    const records = await ports.jobs.read(jobId);
    const latest = attemptNumbered(records, attempt)?.row;
    const name = workloadName(jobId, attempt);
    if (latest === undefined || !mustHold(latest)) return false;
    await restoreLimits(ports, records, name);
    if (name in row.holders) return false;
    const given = { gpu: latest.gpu, resources: latest.resources };
    const holder = holderOf(records?.job.row.plan, given, ports.clock.now());
    const holders = { ...row.holders, [name]: holder };
    if ((await ports.placementRows.write({ ...row, holders }, etag)) === 'done') return true;
  }
}
