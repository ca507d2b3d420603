// Makes and counts the pods of Jobs.
import type { User } from '../../access/user';
import { ApiFault } from '../../answers/api-fault';
import type { KubernetesContext } from '../../context';
import { type Job, jobSchema, TRACKING_FINALIZER } from '../../model/job';
import { whereTrue } from '../../model/metadata';
import { type Pod, podSchema } from '../../model/pod';
import { JOBS, PODS } from '../../resources/resources';
import type { Change } from '../../store/change';
import { controllerOf, type KubeObject, withMeta } from '../../store/kube-object';
import { createObject } from '../../writes/create-object';
import { deleteObject } from '../../writes/delete-object';
import { createWorkQueue } from '../work-queue';
import { type FailureRecord, NO_FAILURES } from './back-off';
import { isTracked } from './count-pods';
import { podOf } from './job-pod';
import { type JobPlan, planJob } from './plan-job';
import { createRoundTrips, ROUND_TRIP_MS, type RoundTrips } from './round-trips';
import { type Tracking, trackJob } from './track-job';

const SOURCE = { component: 'job-controller' };
/** Who makes and deletes the pods. */
const USER: User = {
  name: 'system:serviceaccount:kube-system:job-controller',
  groups: ['system:serviceaccounts', 'system:serviceaccounts:kube-system', 'system:authenticated'],
};
/** After a create that was refused: at first so long, doubled up to the most (the controllers' rate limiter). */
const RETRY_MS = { first: 1_000, most: 360_000 };

/** Returns what stops it. */
export function startJobController(context: KubernetesContext): () => void {
  const { store } = context;
  const { life } = context.settings;
  const records = new Map<string, FailureRecord>();
  const refusals = new Map<string, number>();
  const trips = createRoundTrips(context.timers);
  /** Jobs that a look is at work on: the next one waits for its end. */
  const busy = new Set<string>();
  const queue = createWorkQueue(context, (key) => {
    if (busy.has(key)) {
      queue.add(key, ROUND_TRIP_MS);
      return;
    }
    const [namespace = '', name = ''] = key.split('/');
    const job = store.get({ resource: JOBS.name, namespace, name });
    releasePodsOfAbsent(context, namespace, name, job?.metadata.uid);
    if (job) look(key, job);
  });

  const look = (key: string, object: KubeObject): void => {
    const job = jobSchema.parse(object);
    if (job.spec.managedBy !== undefined && job.spec.managedBy !== 'kubernetes.io/job-controller') return;
    const pods = podsOf(context, job);
    if (isOver(job)) {
      for (const pod of pods) if (isTracked(pod)) release(context, pod);
      return;
    }
    const { uid } = job.metadata;
    const plan = planJob(job, pods, records.get(uid) ?? NO_FAILURES, context.clock.now());
    records.set(uid, plan.failures);
    busy.add(key);
    const removed = remove(context, object, plan);
    create(context, trips, { object, job, indexes: plan.create }, ({ created, refused }) => {
      if (refused) {
        const times = refusals.get(uid) ?? 0;
        refusals.set(uid, times + 1);
        queue.add(key, Math.min(RETRY_MS.most, RETRY_MS.first * 2 ** times));
      } else refusals.delete(uid);
      if (plan.lookAgainMs !== undefined) queue.add(key, plan.lookAgainMs);
      const tracking = trackJob(job, pods, plan, { created, removed }, context.clock.now());
      note(context, object, job, tracking);
      if (tracking.release.length === 0) {
        count(context, object, tracking);
        busy.delete(key);
        return;
      }
      trips.then(() => {
        for (const pod of tracking.release) release(context, pod);
        count(context, object, tracking);
        busy.delete(key);
      });
    });
  };

  const unsubscribe = store.subscribe((change) => {
    const key = jobKeyOf(change);
    if (key !== undefined) queue.add(key, isUrgent(change) ? 0 : life.jobSyncMs);
  });
  return () => {
    unsubscribe();
    trips.close();
    queue.close();
  };
}

/** Which Job a change concerns. */
function jobKeyOf({ resource, object }: Change): string | undefined {
  const { namespace = '', name } = object.metadata;
  if (resource === JOBS.name) return `${namespace}/${name}`;
  if (resource !== PODS.name) return undefined;
  const owner = controllerOf(object);
  return owner?.kind === 'Job' ? `${namespace}/${owner.name}` : undefined;
}

/** A change that a user made is acted on at once; what happens to pods is collected first. */
function isUrgent({ type, resource, object, previous }: Change): boolean {
  return (
    resource === JOBS.name &&
    (type !== 'MODIFIED' || object.metadata.generation !== previous?.metadata.generation)
  );
}

function isOver({ status }: Job): boolean {
  return (
    whereTrue(status.conditions, 'Complete') !== undefined ||
    whereTrue(status.conditions, 'Failed') !== undefined
  );
}

function podsOf({ store }: KubernetesContext, { metadata }: Job): Pod[] {
  return store
    .list(PODS.name, metadata.namespace)
    .items.filter((object) => controllerOf(object)?.uid === metadata.uid)
    .map((object) => podSchema.parse(object));
}

/** Their Job is gone, and another may have its name by now: nobody counts its pods any more. */
function releasePodsOfAbsent(
  context: KubernetesContext,
  namespace: string,
  name: string,
  presentUid: string | undefined,
): void {
  for (const object of context.store.list(PODS.name, namespace).items) {
    const owner = controllerOf(object);
    if (owner?.kind !== 'Job' || owner.name !== name || owner.uid === presentUid) continue;
    const pod = podSchema.parse(object);
    if (isTracked(pod)) release(context, pod);
  }
}

function keyOf({ metadata }: Pod): { resource: string; namespace: string; name: string } {
  return { resource: PODS.name, namespace: metadata.namespace ?? '', name: metadata.name };
}

function release({ store }: KubernetesContext, pod: Pod): void {
  const key = keyOf(pod);
  if (store.get(key)?.metadata.uid !== pod.metadata.uid) return;
  store.update(key, (object) => {
    const kept = (object.metadata.finalizers ?? []).filter((one) => one !== TRACKING_FINALIZER);
    return withMeta(object, { finalizers: kept.length === 0 ? undefined : kept });
  });
}

/** Deletes what the plan removes; returns how many went. */
function remove(context: KubernetesContext, job: KubeObject, { remove: pods, uncounted }: JobPlan): number {
  for (const pod of pods) {
    const { namespace, name, uid } = pod.metadata;
    if (uncounted) release(context, pod);
    deleteObject(context, { resource: PODS, namespace, name, options: { propagation: 'Background', uid } });
    const message = `Deleted pod: ${name}`;
    context.events.record(SOURCE, job, { type: 'Normal', reason: 'SuccessfulDelete', message });
  }
  return pods.length;
}

interface Creations {
  readonly object: KubeObject;
  readonly job: Job;
  readonly indexes: readonly (number | undefined)[];
}

/**
 * Makes the pods of the plan until one is refused: one, then two at once, then four (the controller's slow start), each
 * lot when the one before is answered (recorded: L23-05).
 */
function create(
  context: KubernetesContext,
  trips: RoundTrips,
  creations: Creations,
  done: (outcome: { created: number; refused: boolean }) => void,
  { from, size }: { readonly from: number; readonly size: number } = { from: 0, size: 1 },
): void {
  const { object, job, indexes } = creations;
  for (const [made, index] of indexes.slice(from, from + size).entries()) {
    try {
      const { metadata } = createObject(context, {
        resource: PODS,
        namespace: job.metadata.namespace,
        body: podOf(job, index),
        user: USER,
      });
      const message = `Created pod: ${metadata.name}`;
      context.events.record(SOURCE, object, { type: 'Normal', reason: 'SuccessfulCreate', message });
    } catch (error) {
      if (!(error instanceof ApiFault)) throw error;
      const message = `Error creating: ${error.message}`;
      context.events.record(SOURCE, object, { type: 'Warning', reason: 'FailedCreate', message });
      done({ created: from + made, refused: true });
      return;
    }
  }
  if (from + size >= indexes.length) done({ created: indexes.length, refused: false });
  else trips.then(() => create(context, trips, creations, done, { from: from + size, size: size * 2 }));
}

function put({ store }: KubernetesContext, { metadata }: KubeObject, status: Job['status']): void {
  const { namespace = '', name, uid } = metadata;
  const key = { resource: JOBS.name, namespace, name };
  if (store.get(key)?.metadata.uid === uid) store.update(key, (current) => ({ ...current, status }));
}

/** Writes down whose end is to be counted, before its pod is let go. */
function note(context: KubernetesContext, object: KubeObject, job: Job, { noted }: Tracking): void {
  if (noted) put(context, object, noted);
  const suspension = suspensionTold(job, noted);
  if (suspension) context.events.record(SOURCE, object, { type: 'Normal', ...suspension });
}

/** Counts what was noted; tells what came of the Job. */
function count(context: KubernetesContext, object: KubeObject, { counted, finished }: Tracking): void {
  if (counted) put(context, object, counted);
  if (finished?.type === 'Complete')
    context.events.record(SOURCE, object, { type: 'Normal', reason: 'Completed', message: 'Job completed' });
  else if (finished)
    context.events.record(SOURCE, object, {
      type: 'Warning',
      reason: finished.reason ?? '',
      message: finished.message ?? '',
    });
}

function suspensionTold(
  { status }: Job,
  noted: Job['status'] | undefined,
): { readonly reason: string; readonly message: string } | undefined {
  const before = status.conditions?.find(({ type }) => type === 'Suspended')?.status;
  const now = noted?.conditions?.find(({ type }) => type === 'Suspended')?.status;
  if (now === undefined || now === before) return undefined;
  return now === 'True'
    ? { reason: 'Suspended', message: 'Job suspended' }
    : { reason: 'Resumed', message: 'Job resumed' };
}
