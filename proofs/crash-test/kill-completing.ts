// Kills the host once more, while the logs of programs that are long gone are being completed.
import { setTimeout as sleep } from 'node:timers/promises';

import type { Random } from '../../standins/kernel/random';
import type { CrashStack } from './crash-stack';
import { killAsPlanned } from './kills';

const LOOK_EVERY_MS = 50;
/** From the first count of the rows to the last write of the row: the quiet time, a tick or two, and the writing. */
const COMPLETED_WITHIN_MS = 3_000;
const LONGEST_DEAD_MS = 500;

/**
 * Waits for logs whose rows have been counted, and kills the host at any moment of their completion. Resolves to how
 * many logs were under way then, or to 0 when all was over before. `isOver`: whether to wait no longer.
 */
export async function killWhileCompleting(
  crash: CrashStack,
  random: Random,
  isOver: () => boolean,
): Promise<number> {
  const afterMs = random.int(0, COMPLETED_WITHIN_MS);
  const deadMs = random.chance(0.5) ? 0 : random.int(0, LONGEST_DEAD_MS);
  while (!isOver()) {
    if ((await countCompleting(crash)) === 0) {
      await sleep(LOOK_EVERY_MS);
      continue;
    }
    await sleep(afterMs);
    const underWay = await countCompleting(crash);
    await killAsPlanned(crash.stack, [{ from: 'up', afterMs: 0, deadMs }]);
    return underWay;
  }
  return 0;
}

async function countCompleting({ hints, jobs }: CrashStack): Promise<number> {
  const read = await Promise.all((await hints.listUnfinished()).map((jobId) => jobs.read(jobId)));
  return read
    .flatMap((records) => records?.attempts ?? [])
    .filter(({ row: { logCompletion } }) => logCompletion?.state === 'completing' && logCompletion.rows)
    .length;
}
