// What stands in the cluster under a workload's name, as the cluster itself holds it.
import { podSchema } from '../../../../standins/kubernetes/model/pod';
import { listAt, textAt } from '../../../../standins/kubernetes/store/json';
import { controllerOf, type KubeObject } from '../../../../standins/kubernetes/store/kube-object';
import type { ObjectStore } from '../../../../standins/kubernetes/store/object-store';
import { workloadNameOf } from './cluster-ask';

export const NAMESPACE = 'gpu-jobs';
export const JOBS = 'jobs.batch';
const JOB_NAME = 'batch.kubernetes.io/job-name';
const OVER: readonly string[] = ['Complete', 'Failed', 'SuccessCriteriaMet', 'FailureTarget'];
/** A container that waits for one of these runs or may yet run. */
const HEALTHY_WAITS: readonly string[] = ['', 'ContainerCreating', 'PodInitializing'];

export type Texts = Readonly<Record<string, string>>;

export function jobOf(store: ObjectStore, name: string): KubeObject | undefined {
  return store.get({ resource: JOBS, namespace: NAMESPACE, name });
}

/** The pods that carry the Job's name, its own and those of a Job that had it before. */
export function podsOf(store: ObjectStore, name: string): KubeObject[] {
  return store.list('pods', NAMESPACE).items.filter(({ metadata }) => metadata.labels?.[JOB_NAME] === name);
}

export function podsOnNode(store: ObjectStore, node: string): KubeObject[] {
  return store.list('pods', NAMESPACE).items.filter((pod) => nodeOf(pod) === node);
}

/** Everything that has the workload's name, or a name that begins with it. */
export function objectsOf(store: ObjectStore, name: string): KubeObject[] {
  const secrets = store
    .list('secrets', NAMESPACE)
    .items.filter(({ metadata }) => workloadNameOf(metadata.name) === name);
  const job = jobOf(store, name);
  return [...(job === undefined ? [] : [job]), ...podsOf(store, name), ...secrets];
}

export function nodeOf(pod: KubeObject): string | undefined {
  return textAt(pod, 'spec', 'nodeName');
}

/** The uid of the Job that a pod belongs to; of anything else its own. */
export function ownerUidOf(object: KubeObject): string {
  return controllerOf(object)?.uid ?? object.metadata.uid;
}

/** Labels and annotations as one: an object's marks are in both. */
export function marksOn({ metadata }: KubeObject): Texts {
  return { ...metadata.labels, ...metadata.annotations };
}

/** Whether the workload's program runs or may yet run. */
export function isHealthyJob(store: ObjectStore, name: string): boolean {
  const job = jobOf(store, name);
  const all = podsOf(store, name);
  const pods = all.filter(({ metadata }) => metadata.deletionTimestamp === undefined);
  if (job === undefined) return pods.some(isHealthyPod);
  const conditions = listAt(job, 'status', 'conditions');
  const isOver = conditions.some(
    (one) => textAt(one, 'status') === 'True' && OVER.includes(textAt(one, 'type') ?? ''),
  );
  if (isOver || job.metadata.deletionTimestamp !== undefined) return false;
  // One that is being deleted counts as failed, and no other comes for it.
  return all.length === 0 ? !isRefused(store, job) : pods.some(isHealthyPod);
}

function isHealthyPod(pod: KubeObject): boolean {
  const { status } = podSchema.parse(pod);
  const { phase, containerStatuses = [] } = status;
  if (phase === 'Succeeded' || phase === 'Failed') return false;
  return containerStatuses.every(
    ({ state }) => state?.terminated === undefined && HEALTHY_WAITS.includes(state?.waiting?.reason ?? ''),
  );
}

/** The Job's controller was told that it may make no pod. */
function isRefused(store: ObjectStore, { metadata }: KubeObject): boolean {
  return store
    .list('events', NAMESPACE)
    .items.some(
      (event) =>
        textAt(event, 'involvedObject', 'uid') === metadata.uid && textAt(event, 'reason') === 'FailedCreate',
    );
}
