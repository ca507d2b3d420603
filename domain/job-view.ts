// A job as its user sees it: the public shape of the API, the terminal record and the event.
import type { AttemptRow } from './attempt';
import type { Reason } from './failure-reason';
import type { JobRecords } from './job-store';
import type { Outcome } from './outcome';

export type JobState = 'Queued' | 'Provisioning' | 'Pulling' | 'Running' | 'Archiving' | Outcome;

export interface AttemptView {
  readonly number: number;
  readonly placement: string;
  readonly phase: string;
  readonly reason?: Reason;
  readonly exitCode?: number;
  readonly startedAt?: string;
  readonly endedAt?: string;
  readonly cleanup: string;
  /** When each phase began. */
  readonly phases: Readonly<Record<string, string>>;
  /** When the workload was confirmed gone or its removal became overdue is told by `cleanup`; this is when it was asked for. */
  readonly removalRequestedAt?: string;
  readonly restartCount: number;
  /** The platform started the program again, though it may not; the result is that of the earliest end still visible. */
  readonly ranMoreThanOnce?: true;
  /** The GPU that it got; `insteadOf` names the SKU asked for where another stood in for it. */
  readonly gpu?: {
    readonly count: number;
    readonly sku: string;
    readonly insteadOf?: string | undefined;
  };
  /** Why the end of its log is missing; never changes the outcome. */
  readonly archivingReason?: Reason;
  readonly logBytes: number;
}

/** interfaces.md, HTTP. All instants are ISO 8601 in UTC. */
export interface JobView {
  readonly id: string;
  readonly name?: string;
  readonly state: JobState;
  readonly outcome?: Outcome;
  readonly reason?: Reason;
  readonly exitCode?: number;
  readonly cleanup: string;
  readonly attempts: readonly AttemptView[];
  readonly gpu?: { readonly count: number; readonly sku?: string | undefined };
  readonly labels: Readonly<Record<string, string>>;
  readonly createdAt: string;
  readonly endedAt?: string;
  /** Paths below the API's root. */
  readonly logs: readonly string[];
}

export function jobView({ job: { row: job }, attempts }: JobRecords): JobView {
  const views = attempts.map(({ row }) => attemptView(row));
  const current = attempts.find(({ row }) => row.number === job.attempt)?.row;
  return {
    id: job.jobId,
    ...(job.name === undefined ? {} : { name: job.name }),
    state: stateOf(job.state, job.outcome, current),
    ...(job.outcome === undefined ? {} : { outcome: job.outcome }),
    ...(job.reason === undefined ? {} : { reason: job.reason }),
    ...(job.exitCode === undefined ? {} : { exitCode: job.exitCode }),
    cleanup: current === undefined ? 'none' : cleanupOf(current),
    attempts: views,
    ...(job.plan?.gpu === undefined ? {} : { gpu: job.plan.gpu }),
    labels: job.labels,
    createdAt: iso(job.submittedAt),
    ...(job.overAt === undefined ? {} : { endedAt: iso(job.overAt) }),
    logs: attempts
      .filter(({ row }) => row.logBytes > 0)
      .map(({ row }) => `/api/jobs/${job.jobId}/logs?attempt=${row.number}`),
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

function attemptView(row: AttemptRow): AttemptView {
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
  };
}

function cleanupOf(row: AttemptRow): string {
  return row.cleanup === 'requested' && row.overdueSince !== undefined ? 'overdue' : row.cleanup;
}

function iso(instant: number): string {
  return new Date(instant).toISOString();
}
