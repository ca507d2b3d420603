// Finds a job of which only the listing tells: one from the queue, or one that a command submitted.
import { setTimeout as sleep } from 'node:timers/promises';

import type { TestStack } from './test-stack';

type Listing = Pick<TestStack, 'api'>;

/** The ids of all jobs that are listed now. */
export async function knownJobs({ api }: Listing): Promise<ReadonlySet<string>> {
  return new Set((await api.list()).map(({ id }) => id));
}

/** The job that is listed and was not known before; waits until there is one. */
export async function newJob({ api }: Listing, known: ReadonlySet<string>): Promise<string> {
  for (;;) {
    const listed = (await api.list()).find(({ id }) => !known.has(id));
    if (listed !== undefined) return listed.id;
    await sleep(50);
  }
}
