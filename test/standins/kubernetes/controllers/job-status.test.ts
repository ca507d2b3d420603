// The status of Jobs, look by look, against what a real Job controller wrote while the same pods came and went.
import { NO_FAILURES } from '../../../../standins/kubernetes/controllers/job/back-off';
import { planJob } from '../../../../standins/kubernetes/controllers/job/plan-job';
import { trackJob } from '../../../../standins/kubernetes/controllers/job/track-job';
import { type Job, jobSchema } from '../../../../standins/kubernetes/model/job';
import { type Pod, podSchema } from '../../../../standins/kubernetes/model/pod';
import { recordedWatch } from '../recorded';

/** A recorded pair: what a watch of the Job saw, and a watch of its pods. */
interface Story {
  readonly jobs: readonly { readonly type: string; readonly job: Job }[];
  readonly pods: readonly { readonly type: string; readonly pod: Pod }[];
}

function story(jobWatch: string, podWatch: string): Story {
  return {
    jobs: recordedWatch(jobWatch).map(({ type, object }) => ({ type, job: jobSchema.parse(object) })),
    pods: recordedWatch(podWatch)
      .filter(({ type }) => type !== 'BOOKMARK')
      .map(({ type, object }) => ({ type, pod: podSchema.parse(object) })),
  };
}

function version({
  metadata,
}: {
  readonly metadata: { readonly resourceVersion?: string | undefined };
}): number {
  return Number(metadata.resourceVersion);
}

/**
 * The pods as they were just before that version. Where the controller ended the Job by it, it deleted pods first: what
 * it went by is how they were before.
 */
function podsBefore({ pods, jobs }: Story, before: number, previous: number): Pod[] {
  const conditionsAt = (at: number): number =>
    jobs.find(({ job }) => version(job) === at)?.job.status.conditions?.length ?? 0;
  const ends = conditionsAt(previous) === 0 && conditionsAt(before) === 1;
  const held = new Map<string, Pod>();
  for (const { type, pod } of pods) {
    if (version(pod) >= before) break;
    if (type === 'DELETED') held.delete(pod.metadata.uid);
    else if (!ends || version(pod) < previous || pod.metadata.deletionTimestamp === undefined)
      held.set(pod.metadata.uid, pod);
  }
  return [...held.values()];
}

/** When the controller looked: the newest time that the status it wrote names, or else that of its pods. */
function lookedAt(job: Job, pods: readonly Pod[], fallback: number): number {
  const times = JSON.stringify([job.status, pods.map(({ status }) => status)]).matchAll(
    /"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ)"/g,
  );
  return Math.max(fallback, ...[...times].map(([, text]) => Date.parse(text ?? '')));
}

/** The status without its times, which depend on when the controller looked. */
function timeless(status: Job['status']): unknown {
  return JSON.parse(
    JSON.stringify(status, (key, value: unknown) => (key.endsWith('Time') ? 'a time' : value)),
  );
}

/** Pairs of what the recorded controller wrote and what ours writes next from the same Job and pods. */
function looks(told: Story): { readonly recorded: unknown; readonly ours: unknown }[] {
  const { jobs } = told;
  return jobs.slice(1).flatMap(({ type, job: next }, index) => {
    const before = jobs[index]?.job;
    // A change of the spec or of the metadata is a user's, and a deletion not the Job controller's.
    if (!before || type !== 'MODIFIED' || next.metadata.generation !== before.metadata.generation) return [];
    const pods = podsBefore(told, version(next), version(before));
    const now = lookedAt(next, pods, Date.parse(before.metadata.creationTimestamp));
    const plan = planJob(before, pods, NO_FAILURES, now);
    const done = { created: 0, removed: plan.remove.length };
    const { noted, counted } = trackJob(before, pods, plan, done, now);
    return [{ recorded: timeless(next.status), ours: timeless(noted ?? counted ?? before.status) }];
  });
}

describe('The status of a Job is written as the real controller wrote it', () => {
  test.each([
    ['a success', 'L1-04-watch-job', 'L1-05-watch-pods'],
    ['an exit code', 'L3-04-watch-job', 'L3-05-watch-pods'],
    ['out of memory', 'L4-04-watch-job', 'L4-05-watch-pods'],
    ['a second try', 'L5-04-watch-job', 'L5-05-watch-pods'],
    ['restarts in place, to the limit', 'L6-04-watch-job', 'L6-05-watch-pods'],
    ['a command that is not there', 'L10-04-watch-job', 'L10-05-watch-pods'],
    ['its own deadline', 'L12-04-watch-job', 'L12-05-watch-pods'],
    ['seconds to live', 'L13-02-watch-job', 'L13-03-watch-pods'],
    ['suspended, resumed and suspended again', 'L14-07-watch-job', 'L14-08-watch-pods'],
    ['a failure policy', 'L15-04-watch-job', 'L15-05-watch-pods'],
    ['deleted in the foreground', 'L16-11-watch-job', 'L16-12-watch-pods'],
    ['a pod that somebody deletes', 'L19-05-watch-job', 'L19-06-watch-pods'],
    ['indexes', 'L23-04-watch-job', 'L23-05-watch-pods'],
    ['preemption and eviction that are ignored', 'L24-08-watch-job', 'L24-09-watch-pods'],
    ['a lost node', 'N10-watch-job', 'N11-watch-pods'],
  ])('%s', (_, jobWatch, podWatch) => {
    const told = looks(story(jobWatch, podWatch));
    expect(told.length).toBeGreaterThan(0);
    expect(told.map(({ ours }) => ours)).toEqual(told.map(({ recorded }) => recorded));
  });
});
