// When the host is killed, and killing it: `kill -9`, then a new one on the same ports and the same state.
import { setTimeout as sleep } from 'node:timers/promises';

import type { Random } from '../../standins/kernel/random';
import type { Stack } from '../../standins/stack/stack';
import { describeEnding } from '../../standins/stack/stack-process';

/** One `kill -9` and the start of the next host. */
export interface Kill {
  /** `up`: so long after the host was up; `starting`: after its process was started, before it is up. */
  readonly from: 'up' | 'starting';
  readonly afterMs: number;
  /** How long no host runs then. */
  readonly deadMs: number;
}

/**
 * The first comes while jobs are submitted and created, which takes about a second; the others at any time of their
 * lives.
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

/** Resolves when the last of them is over and a host is up again. */
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
    // One killed on its way up never came up: that is what was wanted. Up before that: all the same.
    await up.catch(() => undefined);
    await sleep(kill.deadMs);
    up = stack.start('functions-host');
    up.catch(() => undefined); // Awaited above or below.
  }
  await up;
}
