// Jobs and schedules that a fuzz of the API finds when it begins: one that succeeded, one that failed, one that was
// canceled.
import { setTimeout as sleep } from 'node:timers/promises';

import { jobsApi } from '../../standins/stack/jobs-api';

/** Names that paths of the API can be filled with, by parameter. */
export type Known = Readonly<Record<string, readonly string[]>>;

const WAIT_MS = 60_000;
const LOOK_EVERY_MS = 200;

/** Resolves when all are over, and swept once: health says so. */
export async function withSomeJobs(url: string): Promise<Known> {
  const api = jobsApi(url);
  const image = 'gpu-jobs.local/host-process';
  const ids = [
    await api.submit({ image, command: ['sh', '-c', 'echo done'], name: 'succeeds', labels: { team: 'a' } }),
    await api.submit({ image, command: ['sh', '-c', 'echo not done >&2; exit 3'], labels: { team: 'b' } }),
    await api.submit({ image: 'unpullable.gpu-jobs.local/x', gpu: { count: 1, sku: 'V100' } }),
  ];
  await api.cancel(ids[2] ?? '');
  await api.tick();
  const until = performance.now() + WAIT_MS;
  for (const id of ids) {
    while ((await api.get(id)).outcome === undefined) {
      if (performance.now() > until) throw new Error(`Job ${id} was not over after ${WAIT_MS / 1000} s.`);
      await sleep(LOOK_EVERY_MS);
    }
  }
  return { id: [...ids, 'j0000000000000000000'], name: ['nightly', 'api-fuzz'] };
}
