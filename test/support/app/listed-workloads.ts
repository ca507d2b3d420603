// Workloads as a list shows them, for the sweep.
import type { AttemptRow } from '../../../domain/attempt/attempt';
import type { JobRow } from '../../../domain/job/job';
import { workloadName } from '../../../domain/job/names';
import type { ListedWorkload } from '../../../domain/ports/compute-backend';
import { present } from '../attempts';
import { NEW_YEAR, testJobId } from '../rows';
import { type TestApp, testApp, withAttempt } from './test-app';

const HOUR_S = 3_600;

/** The workload of job `n`, created at NEW_YEAR, its tags past their expiry an hour later. */
export function listedWorkload(
  n: number,
  over: Partial<ListedWorkload> & { readonly attempt?: number } = {},
): ListedWorkload {
  const { attempt = 1, ...rest } = over;
  const jobId = testJobId(n);
  return {
    ref: {
      name: workloadName(jobId, attempt),
      placement: 'eastus',
      owner: 'owner0000000',
      jobId,
      attempt,
    },
    createdAt: NEW_YEAR,
    expiresAt: NEW_YEAR + 3_600_000,
    ...rest,
  };
}

/** A job whose workload is listed and there, and `afterS` seconds on both clocks since NEW_YEAR. */
export async function listed(
  attempt: Partial<AttemptRow> = {},
  { afterS = 0, job = {} }: { readonly afterS?: number; readonly job?: Partial<JobRow> } = {},
): Promise<TestApp> {
  const app = testApp();
  await withAttempt(app, { seen: true, expiresAt: NEW_YEAR + HOUR_S * 1000, ...attempt }, job);
  await app.hints.addJob(testJobId(1));
  return show(app, afterS);
}

/** The first job's workload is listed, and exists when it is looked at. */
export function show(app: TestApp, afterS: number): TestApp {
  app.backend.listed = [listedWorkload(1)];
  app.backend.looks = [present()];
  app.pass(afterS);
  app.backend.serverTime = app.now();
  return app;
}

/** The deletes that were asked for, such as `remove NAME`. */
export function deletes(app: TestApp): string[] {
  return app.backend.asked.filter((asked) => asked.startsWith('remove'));
}
