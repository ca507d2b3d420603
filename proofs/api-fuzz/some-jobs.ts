// The jobs and schedules that exist when a fuzz of the API begins: one job that succeeded, one that failed, one that
// was canceled.
import { setTimeout as sleep } from 'node:timers/promises';

import { createJobsApi } from '../../standins/stack/jobs-api';

/** Existing names for the parameters of the API's paths, by parameter. */
export type Known = Readonly<Record<string, readonly string[]>>;

const WAIT_MS = 60_000;
const LOOK_EVERY_MS = 200;

/** Resolves when all jobs are over and one sweep has run, as the app's health shows. */
export async function withSomeJobs(url: string): Promise<Known> {
  const api = createJobsApi(url);
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
