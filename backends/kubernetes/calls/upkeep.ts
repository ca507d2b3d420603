// What a look at a workload mends: its Secrets get the Job as their owner, and a second pod of the Job is removed.
import { RunnerError } from '../../../domain/errors';
import type { WorkloadRef } from '../../../domain/ports/compute-backend';
import type { Metadata } from '../reading/objects';
import { isSuccess, refusedAnswer } from '../reading/read-answer';
import { podsByAge } from '../reading/workload-of';
import type { Cluster } from './cluster-of';
import { deleteObject } from './delete-object';
import type { Found } from './look';
import { objectPath } from './paths';
import { findSecrets, METADATA } from './secret-reads';

/** 404: it is gone. 409, 422: another object has its name by now, which is left alone. */
const NOTHING_TO_OWN: readonly number[] = [404, 409, 422];

/** The most workloads whose Secrets wait for their owner; the sweep finds the Secrets of what is forgotten. */
const MOST_WAITING = 1_000;

export interface Upkeep {
  /** The Secrets of the workload are to be owned by its Job once it is seen. */
  toOwn(workload: string): void;
  /** Resolves in any case: what could not be mended is tried again after the next look. */
  afterLook(ref: WorkloadRef, found: Found): Promise<void>;
}

export function createUpkeep(cluster: Cluster): Upkeep {
  const waiting = new Set<string>();
  const mend = async (ref: WorkloadRef, { job, pods }: Found): Promise<void> => {
    for (const { metadata } of podsByAge(pods).slice(1)) await deleteObject(cluster, 'pods', metadata);
    if (job === undefined || !waiting.has(ref.name)) return;
    const secrets = await findSecrets(cluster, ref);
    for (const { metadata } of secrets.filter(({ isOurs }) => isOurs))
      await own(cluster, metadata, job.metadata);
    waiting.delete(ref.name);
  };
  return {
    toOwn: (workload) => {
      const oldest = waiting.values().next().value;
      if (waiting.size >= MOST_WAITING && oldest !== undefined) waiting.delete(oldest);
      waiting.add(workload);
    },
    afterLook: async (ref, found) => {
      try {
        await mend(ref, found);
      } catch (error) {
        // What was seen counts more than what could not be mended.
        if (!(error instanceof RunnerError)) throw error;
      }
    },
  };
}

/** By its uid: the change may come late, when another object has the name. Rejects where it could not be done. */
async function own(cluster: Cluster, secret: Metadata, { name, uid }: Metadata): Promise<void> {
  const owner = { apiVersion: 'batch/v1', kind: 'Job', name, uid };
  const answer = await cluster.send({
    method: 'PATCH',
    path: objectPath(cluster.namespace, 'secrets', secret.name),
    contentType: 'application/merge-patch+json',
    accept: METADATA,
    body: { metadata: { uid: secret.uid, ownerReferences: [owner] } },
  });
  if (!isSuccess(answer) && !NOTHING_TO_OWN.includes(answer.status))
    throw refusedAnswer(answer, `the PATCH of Secret ${secret.name}`);
}
