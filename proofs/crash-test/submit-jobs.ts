// Submitting a round's jobs while the host dies: as a careful client does, again and again with one key until taken.
import { setTimeout as sleep } from 'node:timers/promises';

import { UnexpectedAnswer } from '../../standins/stack/jobs-api';
import type { CrashJob } from './crash-job';
import type { CrashStack } from './crash-stack';

/** Public names (docs/queue.md). */
const JOBS_QUEUE = 'gpu-jobs';

const AGAIN_AFTER_MS = 250;
/** A host that takes nothing for so long is no host that was killed. */
const GIVE_UP_AFTER_MS = 60_000;

/** Resolves when each was taken, to how often one had to be submitted again. */
export async function submitJobs(crash: CrashStack, jobs: readonly CrashJob[]): Promise<number> {
  const queue = crash.clients.queue(JOBS_QUEUE);
  await queue.createIfNotExists();
  const repeats = await Promise.all(
    jobs.map(async ({ door, spec, name }) => {
      if (door === 'HTTP') return submitUntilTaken(crash, spec, name);
      await queue.sendMessage(JSON.stringify(spec));
      return 0;
    }),
  );
  return repeats.reduce((sum, count) => sum + count, 0);
}

async function submitUntilTaken({ api }: CrashStack, spec: unknown, name: string): Promise<number> {
  const until = performance.now() + GIVE_UP_AFTER_MS;
  for (let repeats = 0; ; repeats += 1) {
    try {
      await api.submit(spec, name);
      return repeats;
    } catch (error) {
      if (!mayBeTakenLater(error) || performance.now() > until) throw error;
      await sleep(AGAIN_AFTER_MS);
    }
  }
}

/** No answer, or one that blames the host. */
function mayBeTakenLater(error: unknown): boolean {
  return error instanceof UnexpectedAnswer ? error.status >= 500 : error instanceof TypeError;
}
