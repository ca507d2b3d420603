// Removes what is ours of a name: the Job with its pods, pods without a Job, and Secrets.
import type { RemovalAnswer, WorkloadRef } from '../../../domain/ports/compute-backend';
import { observationOf } from '../observation';
import type { Cluster } from './cluster-of';
import { deleteObject } from './delete-object';
import { lookAt } from './look';

/** Rejects where a delete was not taken. */
export async function remove(cluster: Cluster, ref: WorkloadRef): Promise<RemovalAnswer> {
  const found = await lookAt(cluster, ref);
  if (found.kind === 'unreadable') return { sent: 'nothing', observation: found };
  const { job, pods } = found;
  const secrets = found.secrets.filter(({ isOurs }) => isOurs);
  // The pods of a Job go with it.
  if (job !== undefined) await deleteObject(cluster, 'jobs', job.metadata);
  else for (const { metadata } of pods) await deleteObject(cluster, 'pods', metadata);
  for (const { metadata } of secrets) await deleteObject(cluster, 'secrets', metadata);
  const isNothing = job === undefined && pods.length === 0 && secrets.length === 0;
  return { sent: isNothing ? 'nothing' : 'delete', observation: observationOf(found) };
}
