// A process that contends for a lock. It takes the lock again and again, and says if another process had it at the same
// time.
import { mkdirSync, rmdirSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

import { z } from 'zod';

import { lockFolder } from '../../../standins/kernel/folder-lock';

export const contentionSchema = z.object({ turns: z.number(), clashes: z.number() });

export async function contend(of: {
  readonly at: string;
  readonly inside: string;
  readonly turns: number;
}): Promise<z.infer<typeof contentionSchema>> {
  const result = { turns: 0, clashes: 0 };
  while (result.turns < of.turns) {
    const locked = await lockFolder({ at: of.at, what: 'a contender', waitMs: 30_000 });
    if ('heldBy' in locked) continue;
    try {
      mkdirSync(of.inside); // Fails if another process is in there.
      await sleep(1);
      rmdirSync(of.inside);
    } catch {
      result.clashes += 1;
    }
    result.turns += 1;
    locked.lock.release();
  }
  return result;
}
