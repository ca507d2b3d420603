// Plans when the host is killed and kills it: `kill -9`, then a new host on the same ports and the same state.
import { setTimeout as sleep } from 'node:timers/promises';

import type { Random } from '../../standins/kernel/random';
import type { Stack } from '../../standins/stack/stack';
import { describeEnding } from '../../standins/stack/stack-process';

/** One `kill -9` and the start of the next host. */
export interface Kill {
  /** `up`: counted from when the host was up. `starting`: counted from its process's start, while it is not up yet. */
  readonly from: 'up' | 'starting';
  readonly afterMs: number;
  /** How long no host runs after the kill, milliseconds. */
  readonly deadMs: number;
}

/**
 * The first kill comes while jobs are submitted and created, which takes about a second. The others come at any time of
 * the jobs' lives.
 */
export function planKills(random: Random): readonly Kill[] {
  return Array.from({ length: random.int(2, 4) }, (_, n) => {
    const starting = n > 0 && random.chance(0.2);
    const longest = n === 0 ? 1_000 : 2_000;
    return {
      from: starting ? 'starting' : 'up',
      afterMs: starting ? random.int(50, 800) : random.int(50, longest),
      deadMs: random.chance(0.7) ? 0 : random.int(100, 1_000),
    };
  });
}

/** Kills as planned. Resolves when a host is up again after the last kill. */
export async function killAsPlanned(stack: Stack, kills: readonly Kill[]): Promise<void> {
  let up: Promise<void> = Promise.resolve();
  for (const kill of kills) {
    if (kill.from === 'up') await up;
    await sleep(kill.afterMs);
    const host = stack.process('functions-host');
    host.kill('SIGKILL');
    const ending = await host.ended;
    if (ending.signal !== 'SIGKILL')
      throw new Error(
        `The functions host ended by itself (${describeEnding(ending)}):\n${host.lastLines().join('\n')}`,
      );
    // A host that is killed on its way up never comes up, which is what was wanted. One that is up sooner does no harm.
    await up.catch(() => undefined);
    await sleep(kill.deadMs);
    up = stack.start('functions-host');
    up.catch(() => undefined); // The rejection is handled where `up` is awaited.
  }
  await up;
}
