// How a look at a Job is written down: the ends of its pods are first noted, then let go, then counted.
import { isIndexed, type Job, type JobStatus } from '../../model/job';
import { type Condition, whereTrue, withCondition } from '../../model/metadata';
import type { Pod } from '../../model/pod';
import { sameJson } from '../../store/json';
import { apiTime } from '../../store/kube-object';
import { countsAsFailed, isTracked, readyPods } from './count-pods';
import { formatIndexes, indexOf, parseIndexes } from './indexes';
import type { JobPlan } from './plan-job';
import { judgeByPolicy } from './pod-failure-policy';

export interface Tracking {
  /** Written first; absent where it says nothing new. */
  readonly noted?: JobStatus;
  /** Then these pods lose their finalizer. */
  readonly release: readonly Pod[];
  /** Written then; absent where it says nothing new. */
  readonly counted?: JobStatus;
  /** The condition that ends the Job, with `counted`. */
  readonly finished?: Condition;
}

/** What of a plan was done before anything is written down. */
export interface Done {
  readonly created: number;
  readonly removed: number;
}

/** `pods` as they were when the plan was made; `now` in milliseconds since the epoch. */
export function trackJob(job: Job, pods: readonly Pod[], plan: JobPlan, done: Done, now: number): Tracking {
  const { ending, counts } = plan;
  const active = Math.max(0, counts.active - done.removed + done.created);
  const terminating = counts.terminating + done.removed;
  const ready = ending ? 0 : counts.ready - readyPods(plan.remove);
  const base = withoutZero({
    ...job.status,
    ...startOf(job, now),
    active,
    terminating,
    ready,
    uncountedTerminatedPods: job.status.uncountedTerminatedPods ?? {},
  });
  const suspended = withSuspension(job, base, now);
  const release = pods.filter((pod) => isTracked(pod) && mayGo(job, pod, plan));
  const noted = note(job, suspended, release, plan, now);

  const stillHeld = new Set(pods.filter((pod) => isTracked(pod) && !release.includes(pod)).map(uidOf));
  const counted = count(noted, stillHeld);
  const over = ending && terminating === 0 && active === 0 && !hasUncounted(counted);
  const finished = over ? finalCondition(ending, now) : undefined;
  const last = finished ? finish(counted, finished, now) : counted;
  return {
    ...(!sameJson(job.status, noted) && { noted }),
    release,
    ...(!sameJson(noted, last) && { counted: last }),
    ...(finished && { finished }),
  };
}

function uidOf({ metadata }: Pod): string {
  return metadata.uid;
}

/** When a Job ends, its pods go whatever they do; else they go when their end can be counted. */
function mayGo(job: Job, pod: Pod, { ending }: JobPlan): boolean {
  return (
    job.metadata.deletionTimestamp !== undefined ||
    ending !== undefined ||
    pod.status.phase === 'Succeeded' ||
    countsAsFailed(job, pod)
  );
}

/** The ends that were not noted before, and the announcement. */
function note(job: Job, status: JobStatus, release: readonly Pod[], plan: JobPlan, now: number): JobStatus {
  const { ending } = plan;
  const { succeeded = [], failed = [], ...rest } = status.uncountedTerminatedPods ?? {};
  const newlySucceeded = release.filter(
    (pod) => pod.status.phase === 'Succeeded' && !failed.includes(uidOf(pod)),
  );
  const newlyFailed = release.filter(
    (pod) =>
      pod.status.phase !== 'Succeeded' &&
      !failed.includes(uidOf(pod)) &&
      (ending !== undefined || countsAsFailed(job, pod)) &&
      judgeByPolicy(job, pod).counts,
  );
  const uncounted = {
    ...rest,
    ...listed('succeeded', isIndexed(job) ? succeeded : union(succeeded, newlySucceeded.map(uidOf))),
    ...listed('failed', union(failed, newlyFailed.map(uidOf))),
  };
  const announced =
    ending && !whereTrue(status.conditions, ending.announcement)
      ? {
          conditions: [
            ...(status.conditions ?? []),
            conditionOf(ending.announcement, ending.reason, ending.message, now),
          ],
        }
      : {};
  return {
    ...status,
    ...announced,
    uncountedTerminatedPods: uncounted,
    ...(isIndexed(job) && indexed(status, newlySucceeded)),
  };
}

/** An Indexed Job counts indexes, which need no noting: a pod that is counted twice is still one index. */
function indexed(
  status: JobStatus,
  succeeded: readonly Pod[],
): Pick<JobStatus, 'succeeded' | 'completedIndexes'> {
  const done = parseIndexes(status.completedIndexes);
  for (const pod of succeeded) done.add(indexOf(pod) ?? 0);
  return done.size === 0 ? {} : { succeeded: done.size, completedIndexes: formatIndexes(done) };
}

/** What was noted is counted once its pod is let go. */
function count(status: JobStatus, stillHeld: ReadonlySet<string>): JobStatus {
  const { succeeded = [], failed = [], ...rest } = status.uncountedTerminatedPods ?? {};
  const held = (uid: string): boolean => stillHeld.has(uid);
  return withoutZero({
    ...status,
    succeeded: (status.succeeded ?? 0) + succeeded.filter((uid) => !held(uid)).length,
    failed: (status.failed ?? 0) + failed.filter((uid) => !held(uid)).length,
    uncountedTerminatedPods: {
      ...rest,
      ...listed('succeeded', succeeded.filter(held)),
      ...listed('failed', failed.filter(held)),
    },
  });
}

function hasUncounted({ uncountedTerminatedPods: uncounted }: JobStatus): boolean {
  return (uncounted?.succeeded?.length ?? 0) + (uncounted?.failed?.length ?? 0) > 0;
}

function finalCondition({ announcement, reason, message }: NonNullable<JobPlan['ending']>, now: number) {
  return conditionOf(announcement === 'FailureTarget' ? 'Failed' : 'Complete', reason, message, now);
}

function finish(status: JobStatus, finished: Condition, now: number): JobStatus {
  return {
    ...status,
    conditions: withCondition(status.conditions, finished),
    ...(finished.type === 'Complete' && { completionTime: apiTime(now) }),
  };
}

function startOf({ status, spec }: Job, now: number): Pick<JobStatus, 'startTime'> {
  return status.startTime === undefined && spec.suspend !== true ? { startTime: apiTime(now) } : {};
}

/** The condition Suspended, once a Job has ever been; a suspended one has no start. */
function withSuspension({ spec }: Job, status: JobStatus, now: number): JobStatus {
  const held = status.conditions?.find(({ type }) => type === 'Suspended');
  const wanted = spec.suspend === true ? 'True' : 'False';
  if (held?.status === wanted || (held === undefined && wanted === 'False')) return status;
  const condition =
    wanted === 'True'
      ? conditionOf('Suspended', 'JobSuspended', 'Job suspended', now)
      : { ...conditionOf('Suspended', 'JobResumed', 'Job resumed', now), status: 'False' };
  const { startTime, ...rest } = status;
  const conditions = withCondition(status.conditions, condition);
  return wanted === 'True' || startTime === undefined
    ? { ...rest, conditions }
    : { ...rest, conditions, startTime: apiTime(now) };
}

function conditionOf(type: string, reason: string, message: string, now: number): Condition {
  const at = apiTime(now);
  return { type, status: 'True', lastProbeTime: at, lastTransitionTime: at, reason, message };
}

function union(first: readonly string[], second: readonly string[]): string[] {
  return [...new Set([...first, ...second])];
}

function listed(name: 'succeeded' | 'failed', list: readonly string[]): Record<string, readonly string[]> {
  return list.length === 0 ? {} : { [name]: list };
}

/** Counts of nothing are left out, as the API leaves them out; `ready` and `terminating` always stand. */
function withoutZero(status: JobStatus): JobStatus {
  const { active, succeeded, failed, ...rest } = status;
  return {
    ...rest,
    ...((active ?? 0) > 0 && { active }),
    ...((succeeded ?? 0) > 0 && { succeeded }),
    ...((failed ?? 0) > 0 && { failed }),
  };
}
