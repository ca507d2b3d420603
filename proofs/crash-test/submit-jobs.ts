// Submits a round's jobs while the host dies, as a careful client does: it repeats each with one key until it is
// accepted.
import { setTimeout as sleep } from 'node:timers/promises';

import { UnexpectedAnswer } from '../../standins/stack/jobs-api';
import type { CrashJob } from './crash-job';
import type { CrashStack } from './crash-stack';

/** Public names (docs/queue.md). */
const JOBS_QUEUE = 'gpu-jobs';

const AGAIN_AFTER_MS = 250;
/** A host that accepts nothing for so long has another fault than a kill, milliseconds. */
const GIVE_UP_AFTER_MS = 60_000;

/** Submits all jobs. Resolves, when each has been accepted, to how many submissions had to be repeated. */
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

/** Whether the same request may succeed later: there was no answer, or one that blames the host. */
export function mayBeTakenLater(error: unknown): boolean {
  return error instanceof UnexpectedAnswer ? error.status >= 500 : error instanceof TypeError;
}
