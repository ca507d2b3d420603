// Writes what an attempt has shown of the capacity into its placement's row, for all jobs (protocol §3.7).
import type { AttemptRow } from '../../domain/attempt/attempt';
import { workloadName } from '../../domain/job/names';
import { afterNews, capacityNews } from '../../domain/placement/capacity';
import type { PlacePorts } from '../ports';
import { ROOM_KICK } from './kick';

/** A second call changes nothing. When a SKU can be had again, the dispatcher is kicked after the row says so. */
export async function tellCapacity(ports: PlacePorts, attempt: AttemptRow): Promise<void> {
  const news = capacityNews(attempt);
  // Only a refusal and the success of a probe concern other jobs.
  if (news.kind === 'none' || (news.kind !== 'lacking' && attempt.probe !== true)) return;
  const name = workloadName(attempt.jobId, attempt.number);
  for (;;) {
    const { row, etag } = await ports.placementRows.read(attempt.placement);
    const told = afterNews(row, name, news, ports.clock.now(), ports.times);
    if (told === row) return;
    if ((await ports.placementRows.write(told, etag)) !== 'done') continue;
    if (news.kind !== 'lacking') await ports.kicks.send(ROOM_KICK);
    return;
  }
}
