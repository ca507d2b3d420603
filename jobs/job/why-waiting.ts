// Reads why a job waits, only for jobs that do wait.
import { keyRowName } from '../../domain/job/concurrency-key';
import { attemptOfName, waitingKey } from '../../domain/job/names';
import { groupRowName } from '../../domain/job/run-limit';
import { type Waiting, waitingOf } from '../../domain/job/waiting';
import type { HintedWants, WaitingHint } from '../../domain/ports/hint-store';
import type { JobRecords } from '../../domain/ports/job-store';
import type { PlacePorts } from '../ports';

/**
 * Undefined for a job that does not wait. It reads one row for each placement that the job may go to, one for its key,
 * and the list of waiting rows.
 */
export async function whyWaiting(ports: PlacePorts, records: JobRecords): Promise<Waiting | undefined> {
  const job = records.job.row;
  const { plan } = job;
  if (job.state !== 'waiting' || plan === undefined) return undefined;
  const wanted = ports.placements.filter(({ name }) => plan.placements.includes(name));
  const [control, hints, places, keyHolders, groupHolders] = await Promise.all([
    ports.control.read(),
    ports.hints.listWaiting(),
    Promise.all(
      wanted.map(async (placement) => ({
        placement,
        backend: ports.factsOf(placement.name),
        row: (await ports.placementRows.read(placement.name)).row,
        reading: ports.quotas?.of(placement.name),
      })),
    ),
    plan.concurrencyKey === undefined ? [] : holdersOf(ports, keyRowName(plan.concurrencyKey), job.jobId),
    job.group?.atOnce === undefined ? [] : holdersOf(ports, groupRowName(job.group.id), job.jobId),
  ]);
  const own = waitingKey(job.notBefore, job.jobId, job.attempt + 1);
  const before = hints.filter((hint) => hint.key < own && sharesPlacement(hint, plan.placements));
  return waitingOf(records, {
    now: ports.clock.now(),
    times: ports.times,
    draining: control.draining,
    places,
    keyHolders,
    groupHolders: groupHolders.length,
    before: new Set(before.map(({ jobId }) => jobId).filter((jobId) => jobId !== job.jobId)).size,
  });
}

/** Its own name may stand there already, while a dispatcher admits it. */
async function holdersOf({ placementRows }: PlacePorts, limit: string, jobId: string): Promise<string[]> {
  const { row } = await placementRows.read(limit);
  return Object.keys(row.holders).filter((name) => attemptOfName(name)?.jobId !== jobId);
}

/** Hints of earlier versions don't say where their jobs may go, so they count. */
function sharesPlacement({ wants }: WaitingHint, placements: HintedWants['placements']): boolean {
  return wants === undefined || wants.placements.some((name) => placements.includes(name));
}
