// What the Job controller decides in one look at a Job and its pods: which pods go, how many are made, whether it ends.
import { isIndexed, type Job } from '../../model/job';
import type { Condition } from '../../model/metadata';
import { whereTrue } from '../../model/metadata';
import { isFinished, type Pod } from '../../model/pod';
import { type FailureRecord, recordEnds, remainingMs } from './back-off';
import { countsAsFailed, isTracked, type JobCounts, readyPods } from './count-pods';
import { indexOf, parseIndexes } from './indexes';
import { judgeByPolicy } from './pod-failure-policy';

/** How a Job will end once its pods have: the condition that announces it. */
interface Ending {
  readonly announcement: 'SuccessCriteriaMet' | 'FailureTarget';
  readonly reason: string;
  readonly message: string;
}

export interface JobPlan {
  readonly ending?: Ending;
  /** Active pods to delete. */
  readonly remove: readonly Pod[];
  /** Removed pods keep their finalizer until their end is counted; without it they go uncounted. */
  readonly uncounted: boolean;
  /** A pod for each; an index in an Indexed Job. */
  readonly create: readonly (number | undefined)[];
  /** Milliseconds until the next look is due, even if nothing happens. */
  readonly lookAgainMs?: number;
  readonly failures: FailureRecord;
  /** Before anything of the plan is done. */
  readonly counts: JobCounts;
}

const REACHED: Ending = {
  announcement: 'SuccessCriteriaMet',
  reason: 'CompletionsReached',
  message: 'Reached expected number of succeeded pods',
};
const BACKOFF_LIMIT: Ending = {
  announcement: 'FailureTarget',
  reason: 'BackoffLimitExceeded',
  message: 'Job has reached the specified backoff limit',
};
const DEADLINE: Ending = {
  announcement: 'FailureTarget',
  reason: 'DeadlineExceeded',
  message: 'Job was active longer than specified deadline',
};

/** `now` in milliseconds since the epoch. */
export function planJob(job: Job, pods: readonly Pod[], record: FailureRecord, now: number): JobPlan {
  const { status, spec } = job;
  const uncounted = status.uncountedTerminatedPods ?? {};
  const fresh = pods.filter(
    (pod) =>
      isTracked(pod) &&
      uncounted.succeeded?.includes(pod.metadata.uid) !== true &&
      uncounted.failed?.includes(pod.metadata.uid) !== true,
  );
  const newlySucceeded = fresh.filter(({ status: { phase } }) => phase === 'Succeeded');
  const newlyFailed = fresh.filter((pod) => countsAsFailed(job, pod));
  const failures = recordEnds(record, [
    ...newlySucceeded.map((pod) => ({ pod, failed: false })),
    ...newlyFailed.map((pod) => ({ pod, failed: true })),
  ]);
  const active = pods.filter((pod) => !isFinished(pod) && pod.metadata.deletionTimestamp === undefined);
  const counts: JobCounts = {
    active: active.length,
    ready: readyPods(active),
    terminating: pods.filter((pod) => !isFinished(pod) && pod.metadata.deletionTimestamp !== undefined)
      .length,
    succeeded: succeededOf(job, newlySucceeded),
    failed:
      (status.failed ?? 0) +
      (uncounted.failed?.length ?? 0) +
      newlyFailed.filter((pod) => judgeByPolicy(job, pod).counts).length,
  };
  const base = { remove: [], create: [], uncounted: false, failures, counts };
  const newFailure = newlyFailed.some((pod) => judgeByPolicy(job, pod).counts);
  const ending = endingOf(job, pods, active, counts, newFailure, now);
  if (ending) return { ...base, ending, remove: active };
  if (job.metadata.deletionTimestamp !== undefined) return base;
  if (spec.suspend === true) return { ...base, remove: active, uncounted: true };

  const succeededAlready = counts.succeeded >= (spec.completions ?? Infinity);
  const queueDone = spec.completions === undefined && counts.succeeded > 0 && active.length === 0;
  if (succeededAlready || queueDone) return { ...base, ending: REACHED, remove: active };

  const wanted = wantedPods(job, counts);
  const deadlineMs = remainingOfDeadline(job, now);
  const lookAgain = (backOffMs: number): Pick<JobPlan, 'lookAgainMs'> => {
    const due = Math.min(backOffMs > 0 ? backOffMs : Infinity, deadlineMs ?? Infinity);
    return due === Infinity ? {} : { lookAgainMs: due };
  };
  if (active.length > wanted)
    return { ...base, remove: active.slice(wanted), uncounted: true, ...lookAgain(0) };
  const replacedLate = spec.podReplacementPolicy === 'Failed' ? counts.terminating : 0;
  const missing = Math.max(0, wanted - active.length - replacedLate);
  const backOffMs = missing > 0 ? remainingMs(failures, now) : 0;
  const create = backOffMs > 0 ? [] : newPods(job, pods, missing);
  return { ...base, create, ...lookAgain(backOffMs) };
}

function endingOf(
  job: Job,
  pods: readonly Pod[],
  active: readonly Pod[],
  counts: JobCounts,
  newFailure: boolean,
  now: number,
): Ending | undefined {
  const announced = announcedEnding(job);
  if (announced) return announced;
  const failJob = pods
    .filter((pod) => isTracked(pod) && countsAsFailed(job, pod))
    .map((pod) => judgeByPolicy(job, pod).failJob)
    .find((message) => message !== undefined);
  if (failJob !== undefined)
    return { announcement: 'FailureTarget', reason: 'PodFailurePolicy', message: failJob };
  if (newFailure && counts.failed > job.spec.backoffLimit) return BACKOFF_LIMIT;
  if (restartsExceeded(job, active)) return BACKOFF_LIMIT;
  return remainingOfDeadline(job, now) === 0 ? DEADLINE : undefined;
}

/** An ending that an earlier look announced goes on, whatever has happened since. */
function announcedEnding({ status }: Job): Ending | undefined {
  for (const announcement of ['SuccessCriteriaMet', 'FailureTarget'] as const) {
    const found: Condition | undefined = whereTrue(status.conditions, announcement);
    if (found) return { announcement, reason: found.reason ?? '', message: found.message ?? '' };
  }
  return undefined;
}

/** With OnFailure the kubelet restarts containers in the same pod: their restarts count against the limit. */
function restartsExceeded({ spec }: Job, active: readonly Pod[]): boolean {
  if (spec.template.spec.restartPolicy !== 'OnFailure') return false;
  const restarts = active
    .filter(({ status }) => status.phase === 'Running' || status.phase === 'Pending')
    .flatMap(({ status }) => [...(status.initContainerStatuses ?? []), ...(status.containerStatuses ?? [])])
    .reduce((sum, { restartCount }) => sum + restartCount, 0);
  return spec.backoffLimit === 0 ? restarts > 0 : restarts >= spec.backoffLimit;
}

/** Milliseconds left of the Job's own deadline, 0 when it is over; undefined where none runs. */
function remainingOfDeadline({ spec, status }: Job, now: number): number | undefined {
  if (spec.activeDeadlineSeconds === undefined || spec.suspend === true) return undefined;
  const startedAt = status.startTime === undefined ? now : Date.parse(status.startTime);
  return Math.max(0, startedAt + spec.activeDeadlineSeconds * 1_000 - now);
}

function wantedPods({ spec }: Job, { succeeded, active }: JobCounts): number {
  if (spec.completions === undefined) return succeeded > 0 ? active : spec.parallelism;
  return Math.min(spec.completions - succeeded, spec.parallelism);
}

function succeededOf(job: Job, newly: readonly Pod[]): number {
  const { status } = job;
  if (isIndexed(job)) {
    const done = parseIndexes(status.completedIndexes);
    for (const pod of newly) done.add(indexOf(pod) ?? 0);
    return done.size;
  }
  return (status.succeeded ?? 0) + (status.uncountedTerminatedPods?.succeeded?.length ?? 0) + newly.length;
}

/** The lowest indexes that are neither done nor under way. */
function newPods(job: Job, pods: readonly Pod[], count: number): (number | undefined)[] {
  if (!isIndexed(job)) return Array.from({ length: count }, () => undefined);
  const taken = parseIndexes(job.status.completedIndexes);
  for (const pod of pods) if (pod.status.phase !== 'Failed') taken.add(indexOf(pod) ?? 0);
  const free = Array.from({ length: job.spec.completions ?? 0 }, (_, index) => index);
  return free.filter((index) => !taken.has(index)).slice(0, count);
}
