// Waits until nothing is left to do. It ticks as the timer would, only more often.
import { setTimeout as sleep } from 'node:timers/promises';

import type { CrashStack } from './crash-stack';
import { mayBeTakenLater } from './submit-jobs';

const TICK_EVERY_MS = 1_500;
const LOOK_EVERY_MS = 150;

/**
 * Ticks until no message, no waiting row and no row of an unfinished job is left. It does not judge whether that is
 * right. Resolves to false if something is left after `limitMs`.
 */
export async function untilSettled(crash: CrashStack, limitMs: number): Promise<boolean> {
  const until = performance.now() + limitMs;
  let tickAt = 0;
  while (performance.now() < until) {
    if (performance.now() >= tickAt) {
      await tick(crash);
      tickAt = performance.now() + TICK_EVERY_MS;
    }
    if (await isSettled(crash)) return true;
    await sleep(LOOK_EVERY_MS);
  }
  return false;
}

/** A host that is dead just now does not tick. */
async function tick({ api }: CrashStack): Promise<void> {
  try {
    await api.tick();
  } catch (error) {
    if (!mayBeTakenLater(error)) throw error;
  }
}

async function isSettled({ clients, hints }: CrashStack): Promise<boolean> {
  const { approximateMessagesCount } = await clients.queue('gpu-jobs').getProperties();
  if (approximateMessagesCount !== 0) return false;
  const [unfinished, waiting] = await Promise.all([hints.listUnfinished(), hints.listWaiting()]);
  return unfinished.length === 0 && waiting.length === 0;
}
