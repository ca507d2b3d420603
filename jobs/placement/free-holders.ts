// Frees places: names leave a row only on facts that can't change back (protocol §3.6).
import { attemptOfName } from '../../domain/job/names';
import { afterLeaving } from '../../domain/placement/admission';
import { afterNews, type CapacityNews } from '../../domain/placement/capacity';
import { mayLeave, newsOf, type Used, usedOf } from '../../domain/placement/holder-verdict';
import type { PlacePorts } from '../ports';

/**
 * Reads the row first, a placement's or a limit's, and each attempt's row after it; resolves to how many
 * places were freed. The same write records what the leaving names have shown of the capacity there, so that no job
 * takes such a place before. With `only`, a workload's name or a job's id, no other is looked at.
 */
export async function freeHolders(ports: PlacePorts, place: string, only?: string): Promise<number> {
  for (;;) {
    const { row, etag } = await ports.placementRows.read(place);
    const names = Object.keys(row.holders).filter(
      (name) => only === undefined || name === only || attemptOfName(name)?.jobId === only,
    );
    const verdicts = await Promise.all(names.map((name) => leavingOf(ports, place, name)));
    const leaving = verdicts.filter((verdict) => verdict !== undefined);
    if (leaving.length === 0) return 0;
    const now = ports.clock.now();
    const { traits } = ports.factsOf(place); // A limit's row is no placement: it notes no removals.
    const freed = leaving.reduce(
      (left, { name, used, news }) =>
        afterLeaving(traits, afterNews(left, name, news, now, ports.times), name, used, now),
      row,
    );
    if ((await ports.placementRows.write(freed, etag)) === 'done') return leaving.length;
  }
}

/** Undefined for a name that stays. */
async function leavingOf(
  ports: PlacePorts,
  place: string,
  name: string,
): Promise<{ name: string; used: Used; news: CapacityNews } | undefined> {
  const of = attemptOfName(name);
  if (of === undefined) {
    ports.log.error(
      `Placement ${place} names a holder "${name}" that is no workload of ours; it is left alone.`,
    );
    return undefined;
  }
  const records = await ports.jobs.read(of.jobId);
  return mayLeave(place, of.attempt, records)
    ? { name, used: usedOf(place, of.attempt, records), news: newsOf(place, of.attempt, records) }
    : undefined;
}
