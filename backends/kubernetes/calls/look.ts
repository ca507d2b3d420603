// Reads all that a cluster has of one workload: its Job, its pods, its Secrets, and the events that explain a wait.
import { z } from 'zod';

import { messageOf, RetryableError } from '../../../domain/errors';
import type { Observation, WorkloadRef } from '../../../domain/ports/compute-backend';
import { areOurs } from '../../workload-marks';
import { workloadSelector } from '../marks';
import { isAbsent, unreadable } from '../read-failure';
import { itemsOf } from '../reading/items-of';
import { type Event, eventSchema, type Job, jobSchema, type Pod, podSchema } from '../reading/objects';
import { hasStarted } from '../reading/pod-times';
import { isSuccess, readBy } from '../reading/read-answer';
import type { Answer, Cluster } from './cluster-of';
import { listPath, objectPath } from './paths';
import { findSecrets, type FoundSecret } from './secret-reads';

type Unreadable = Extract<Observation, { kind: 'unreadable' }>;

/** What stands of a name, ours or not. */
export interface Found {
  readonly kind: 'found';
  /** Undefined: no Job of ours has the name. */
  readonly job: Job | undefined;
  /** A Job that is not ours has the name. */
  readonly isTaken: boolean;
  /** Those with our marks. */
  readonly pods: readonly Pod[];
  /** Asked for only where neither a Job nor a pod is ours. */
  readonly secrets: readonly FoundSecret[];
  /** Undefined: the rights on events are missing. */
  readonly events: readonly Event[] | undefined;
  /** The server's time, epoch milliseconds. */
  readonly now: number;
}

/** Never rejects, but for a defect of ours. */
export async function lookAt(cluster: Cluster, ref: WorkloadRef): Promise<Found | Unreadable> {
  try {
    return await readAll(cluster, ref);
  } catch (error) {
    return { kind: 'unreadable', why: messageOf(error), scopeMissing: false };
  }
}

async function readAll(cluster: Cluster, ref: WorkloadRef): Promise<Found | Unreadable> {
  const { namespace } = cluster;
  const answer = await cluster.send({ method: 'GET', path: objectPath(namespace, 'jobs', ref.name) });
  const isGone = isAbsent(answer, { kind: 'jobs', name: ref.name });
  if (!isSuccess(answer) && !isGone) return unreadable(answer);
  const named = isGone ? undefined : readBy(jobSchema, answer, `the GET of Job ${ref.name}`);
  const job = named !== undefined && areOurs(named.metadata.labels, ref) ? named : undefined;
  // Pods outlive a Job that was deleted without them: they count as much as the Job.
  const pods = await podsOf(cluster, ref);
  const found = { kind: 'found', job, isTaken: named !== job, pods, now: timeOf(answer) } as const;
  return job === undefined && pods.length === 0
    ? { ...found, secrets: await findSecrets(cluster, ref), events: [] }
    : { ...found, secrets: [], events: await waitingEvents(cluster, job, pods) };
}

const podListSchema = z.object({ items: itemsOf(podSchema) });

/** The pods of a workload, whoever owns them now. Rejects where they can't be read. */
export async function podsOf(cluster: Cluster, ref: WorkloadRef): Promise<readonly Pod[]> {
  const path = listPath(cluster.namespace, 'pods', { labelSelector: workloadSelector(ref) });
  const answer = await cluster.send({ method: 'GET', path });
  return readBy(podListSchema, answer, `the list of the pods of ${ref.name}`).items;
}

const eventListSchema = z.object({ items: itemsOf(eventSchema) });
/** Rights on events are apart from those on Jobs and pods: without them a wait goes unexplained, and no more. */
const FORBIDDEN = 403;

/** Events of what waits; none once a program has started, for its pod says everything then. */
async function waitingEvents(
  cluster: Cluster,
  job: Job | undefined,
  pods: readonly Pod[],
): Promise<readonly Event[] | undefined> {
  const [pod] = pods;
  const about = pod ?? job;
  if (about === undefined || pods.some(hasStarted)) return [];
  const fieldSelector = `involvedObject.uid=${about.metadata.uid}`;
  const path = listPath(cluster.namespace, 'events', { fieldSelector });
  const answer = await cluster.send({ method: 'GET', path });
  if (answer.status === FORBIDDEN) return undefined;
  return readBy(eventListSchema, answer, `the list of the events of ${about.metadata.name}`).items;
}

function timeOf({ serverTime }: Answer): number {
  if (serverTime !== undefined) return serverTime;
  throw new RetryableError("The cluster's answer came without its time (Date header).");
}
