// A job as its user sees it: the public shape of the API, the terminal record and the event.
import type { AttemptRow } from '../../domain/attempt/attempt';
import { cleanupOf } from '../../domain/attempt/cleanup';
import { membershipOf } from '../../domain/group/member';
import type { JobRow } from '../../domain/job/job';
import { jobHead } from '../../domain/job/job-head';
import { type Pricing, shownCost, wasFree } from '../../domain/money/attempt-cost';
import { type Cost, sumOf } from '../../domain/money/cost';
import { attemptNumbered, type JobRecords } from '../../domain/ports/job-store';
import type { AttemptView, JobView } from '../jobs';
import { attemptLogView } from './attempt-log-view';
import { attemptOutputsView } from './attempt-outputs-view';

/** `pricing`: tells also what attempts cost that are not gone yet; without it the view depends on the rows alone. */
export function jobView({ job: { row: job }, attempts }: JobRecords, pricing?: Pricing): JobView {
  const views = attempts.map(({ row }) => attemptView(row, job, pricing));
  const current = attemptNumbered({ attempts }, job.attempt)?.row;
  return {
    ...jobHead(job, current),
    attempts: views,
    ...(job.plan?.passedOver === undefined ? {} : { passedOver: job.plan.passedOver }),
    ...(job.plan?.image === undefined ? {} : { image: job.plan.image }),
    ...(job.plan?.gpu === undefined ? {} : { gpu: job.plan.gpu }),
    labels: job.labels,
    source: job.source,
    ...(job.schedule === undefined ? {} : { schedule: job.schedule }),
    ...(job.group === undefined ? {} : { group: membershipOf(job.group) }),
    ...(job.plan === undefined ? {} : { deadlines: job.plan.deadlines }),
    createdAt: iso(job.submittedAt),
    ...(job.overAt === undefined ? {} : { endedAt: iso(job.overAt) }),
    logs: attempts
      .filter(({ row }) => row.logBytes > 0)
      .map(({ row }) => `/api/jobs/${job.jobId}/logs?attempt=${row.number}`),
    ...jobCost(job, attempts, views),
  };
}

/** Of all attempts; nothing when there is none, or one whose cost is unknown. */
function jobCost(
  job: JobRow,
  attempts: JobRecords['attempts'],
  views: readonly AttemptView[],
): { cost?: Cost } {
  const costs = views.flatMap(({ cost }) => (cost === undefined ? [] : [cost]));
  const isKnown = attempts.every(({ row }, index) => views[index]?.cost !== undefined || wasFree(row));
  return isKnown && costs.length > 0 ? { cost: sumOf(costs, job.state !== 'over') } : {};
}

function attemptView(row: AttemptRow, job: JobRow, pricing: Pricing | undefined): AttemptView {
  const verdict = row.verdict;
  const cost = shownCost(row, job.plan, pricing);
  const exitCode = verdict !== undefined && 'exitCode' in verdict ? verdict.exitCode : undefined;
  return {
    number: row.number,
    placement: row.placement,
    ...(row.backend === undefined ? {} : { backend: row.backend }),
    ...(row.region === undefined ? {} : { region: row.region }),
    phase: row.phase,
    ...(verdict !== undefined && 'reason' in verdict ? { reason: verdict.reason } : {}),
    ...(row.lacking === undefined ? {} : { lacking: { ...row.lacking, since: iso(row.lacking.since) } }),
    ...(exitCode === undefined ? {} : { exitCode }),
    ...(exitCode === undefined || row.exitSource === undefined ? {} : { exitSource: row.exitSource }),
    ...(row.startedAt === undefined ? {} : { startedAt: iso(row.startedAt) }),
    ...(row.endedAt === undefined ? {} : { endedAt: iso(row.endedAt) }),
    cleanup: cleanupOf(row),
    phases: Object.fromEntries(Object.entries(row.phases).map(([phase, at]) => [phase, iso(at)])),
    ...(row.removalRequestedAt === undefined ? {} : { removalRequestedAt: iso(row.removalRequestedAt) }),
    ...(row.goneAt === undefined || row.cleanup !== 'gone' ? {} : { goneAt: iso(row.goneAt) }),
    restartCount: row.restartCount,
    ...(row.ranMoreThanOnce === true ? { ranMoreThanOnce: true } : {}),
    ...(row.gpu === undefined ? {} : { gpu: row.gpu }),
    ...(row.resources === undefined ? {} : { resources: row.resources }),
    ...(row.archivingReason === undefined ? {} : { archivingReason: row.archivingReason }),
    logBytes: row.logBytes,
    ...(row.logCompletion === undefined ? {} : { log: attemptLogView(row.logCompletion) }),
    ...(row.restoredFrom === undefined ? {} : { restoredFrom: row.restoredFrom }),
    ...(row.outputs === undefined ? {} : { outputs: attemptOutputsView(row.outputs) }),
    ...(cost === undefined ? {} : { cost }),
  };
}

function iso(instant: number): string {
  return new Date(instant).toISOString();
}
