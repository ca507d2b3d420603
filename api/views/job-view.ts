// A job as its user sees it: the public shape of the API, the terminal record and the event.
import type { AttemptRow } from '../../domain/attempt/attempt';
import type { JobRow } from '../../domain/job/job';
import type { Outcome } from '../../domain/job/outcome';
import { attemptCost, type Pricing, totalCost } from '../../domain/money/cost';
import type { JobRecords } from '../../domain/ports/job-store';
import type { AttemptView, JobHead, JobState, JobView } from '../jobs';

export type { AttemptView, JobState, JobView };

/** `pricing`: tells the cost so far too; without it the view depends on the rows alone. */
export function jobView({ job: { row: job }, attempts }: JobRecords, pricing?: Pricing): JobView {
  const views = attempts.map(({ row }) => attemptView(row, job, pricing));
  const current = attempts.find(({ row }) => row.number === job.attempt)?.row;
  return {
    ...jobHead(job, current),
    attempts: views,
    ...(job.plan?.image === undefined ? {} : { image: job.plan.image }),
    ...(job.plan?.gpu === undefined ? {} : { gpu: job.plan.gpu }),
    labels: job.labels,
    source: job.source,
    ...(job.schedule === undefined ? {} : { schedule: job.schedule }),
    ...(job.plan === undefined ? {} : { deadlines: job.plan.deadlines }),
    createdAt: iso(job.submittedAt),
    ...(job.overAt === undefined ? {} : { endedAt: iso(job.overAt) }),
    logs: attempts
      .filter(({ row }) => row.logBytes > 0)
      .map(({ row }) => `/api/jobs/${job.jobId}/logs?attempt=${row.number}`),
    ...totalCost(views.map(({ cost }) => cost)),
  };
}

/** What the job's row and its current attempt's, if there is one, make of it. */
export function jobHead(job: JobRow, current: AttemptRow | undefined): JobHead {
  return {
    id: job.jobId,
    ...(job.name === undefined ? {} : { name: job.name }),
    state: stateOf(job.state, job.outcome, current),
    ...(job.outcome === undefined ? {} : { outcome: job.outcome }),
    ...(job.reason === undefined ? {} : { reason: job.reason }),
    ...(job.exitCode === undefined ? {} : { exitCode: job.exitCode }),
    cleanup: current === undefined ? 'none' : cleanupOf(current),
  };
}

/** The row's state, told with the current attempt's phase while that attempt is on. */
function stateOf(
  state: 'waiting' | 'active' | 'over',
  outcome: Outcome | undefined,
  current: AttemptRow | undefined,
): JobState {
  if (state === 'over') return outcome ?? 'Rejected';
  if (state === 'waiting' || current === undefined) return 'Queued';
  switch (current.phase) {
    case 'provisioning':
      return 'Provisioning';
    case 'pulling':
      return 'Pulling';
    case 'running':
      return 'Running';
    case 'archiving':
      return 'Archiving';
  }
}

function attemptView(row: AttemptRow, job: JobRow, pricing: Pricing | undefined): AttemptView {
  const verdict = row.verdict;
  const exitCode = verdict !== undefined && 'exitCode' in verdict ? verdict.exitCode : undefined;
  return {
    number: row.number,
    placement: row.placement,
    phase: row.phase,
    ...(verdict !== undefined && 'reason' in verdict ? { reason: verdict.reason } : {}),
    ...(exitCode === undefined ? {} : { exitCode }),
    ...(row.startedAt === undefined ? {} : { startedAt: iso(row.startedAt) }),
    ...(row.endedAt === undefined ? {} : { endedAt: iso(row.endedAt) }),
    cleanup: cleanupOf(row),
    phases: Object.fromEntries(Object.entries(row.phases).map(([phase, at]) => [phase, iso(at)])),
    ...(row.removalRequestedAt === undefined ? {} : { removalRequestedAt: iso(row.removalRequestedAt) }),
    restartCount: row.restartCount,
    ...(row.ranMoreThanOnce === true ? { ranMoreThanOnce: true } : {}),
    ...(row.gpu === undefined ? {} : { gpu: row.gpu }),
    ...(row.archivingReason === undefined ? {} : { archivingReason: row.archivingReason }),
    logBytes: row.logBytes,
    ...(pricing === undefined ? {} : attemptCost(row, job, pricing)),
  };
}

/** Where the removal of the attempt's workload stands. */
function cleanupOf(row: AttemptRow): AttemptView['cleanup'] {
  return row.cleanup === 'requested' && row.overdueSince !== undefined ? 'overdue' : row.cleanup;
}

function iso(instant: number): string {
  return new Date(instant).toISOString();
}
