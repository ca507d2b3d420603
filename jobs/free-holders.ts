// Giving places back: names leave a placement's row only on facts that can't change back (protocol §3.6).
import { withoutHolders } from '../domain/admission';
import { mayLeave } from '../domain/holder-verdict';
import { attemptOfName } from '../domain/job-id';
import type { Ports } from './ports';

type FreePorts = Pick<Ports, 'jobs' | 'placementRows' | 'log'>;

/**
 * Reads the placement's row first and each attempt's row after it; resolves to how many places were freed.
 * With `only`, no other name is looked at: whoever saw a workload gone knows its name.
 */
export async function freeHolders(ports: FreePorts, placement: string, only?: string): Promise<number> {
  for (;;) {
    const { row, etag } = await ports.placementRows.read(placement);
    const names = Object.keys(row.holders).filter((name) => only === undefined || name === only);
    const leaving = await Promise.all(
      names.map(async (name) => ((await isOver(ports, placement, name)) ? name : undefined)),
    );
    const freed = leaving.filter((name) => name !== undefined);
    if (freed.length === 0) return 0;
    if ((await ports.placementRows.write(withoutHolders(row, freed), etag)) === 'done') return freed.length;
  }
}

async function isOver(ports: FreePorts, placement: string, name: string): Promise<boolean> {
  const of = attemptOfName(name);
  if (of === undefined) {
    ports.log.error(
      `Placement ${placement} names a holder "${name}" that is no workload of ours; it is left alone.`,
    );
    return false;
  }
  return mayLeave(placement, of.attempt, await ports.jobs.read(of.jobId));
}
