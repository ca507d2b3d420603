// Jobs that wait to be admitted, each with its hint.
import type { JobPlan, JobRow } from '../../../domain/job/job';
import { waitingKey } from '../../../domain/job/names';
import { jobRow, NEW_YEAR, testJobId } from '../rows';
import type { TestApp } from './test-app';

/** Job number `n`, submitted `n` milliseconds after NEW_YEAR; `plan` changes what it asks for. */
export async function withWaiting(
  app: TestApp,
  n: number,
  plan: Partial<JobPlan> = {},
  over: Partial<JobRow> = {},
): Promise<string> {
  const jobId = testJobId(n);
  const base = jobRow();
  if (base.plan === undefined) throw new Error('A test job has a plan.');
  const at = NEW_YEAR + n;
  const row = jobRow({ jobId, submittedAt: at, notBefore: at, plan: { ...base.plan, ...plan }, ...over });
  await app.hints.addWaiting({
    key: waitingKey(row.notBefore, jobId, row.attempt + 1),
    jobId,
    attempt: row.attempt + 1,
    writtenAt: at,
  });
  await app.hints.addJob(jobId);
  await app.jobs.insert(row);
  return jobId;
}

/** The names that hold places in a placement. */
export async function holders(app: TestApp, placement = 'eastus'): Promise<string[]> {
  return Object.keys((await app.placementRows.read(placement)).row.holders).toSorted();
}
