// What a look at a workload mends: its Secrets get the Job as their owner, and a second pod of the Job is removed.
import { RunnerError } from '../../../domain/errors';
import type { Metadata } from '../reading/objects';
import { isSuccess, refusedAnswer } from '../reading/read-answer';
import { podsByAge } from '../reading/workload-of';
import { secretNamesOf } from '../secret-names';
import type { Cluster } from './cluster-of';
import { deleteObject } from './delete-object';
import type { Found } from './look';
import { objectPath } from './paths';

const NOT_FOUND = 404;

/** The most workloads whose Secrets wait for their owner; the sweep finds the Secrets of what is forgotten. */
const MOST_WAITING = 1_000;

export interface Upkeep {
  /** The Secrets of the workload are to be owned by its Job once it is seen. */
  toOwn(workload: string): void;
  /** Resolves in any case: what could not be mended is tried again after the next look. */
  afterLook(workload: string, found: Found): Promise<void>;
}

export function createUpkeep(cluster: Cluster): Upkeep {
  const waiting = new Set<string>();
  const mend = async (workload: string, { job, pods }: Found): Promise<void> => {
    for (const { metadata } of podsByAge(pods).slice(1)) await deleteObject(cluster, 'pods', metadata);
    if (job === undefined || !waiting.has(workload)) return;
    for (const name of secretNamesOf(workload)) await own(cluster, name, job.metadata);
    waiting.delete(workload);
  };
  return {
    toOwn: (workload) => {
      const oldest = waiting.values().next().value;
      if (waiting.size >= MOST_WAITING && oldest !== undefined) waiting.delete(oldest);
      waiting.add(workload);
    },
    afterLook: async (workload, found) => {
      try {
        await mend(workload, found);
      } catch (error) {
        // What was seen counts more than what could not be mended.
        if (!(error instanceof RunnerError)) throw error;
      }
    },
  };
}

/** One of the two Secrets that a workload may have is mostly not there. Rejects where it could not be done. */
async function own(cluster: Cluster, secret: string, { name, uid }: Metadata): Promise<void> {
  const owner = { apiVersion: 'batch/v1', kind: 'Job', name, uid };
  const answer = await cluster.send({
    method: 'PATCH',
    path: objectPath(cluster.namespace, 'secrets', secret),
    contentType: 'application/merge-patch+json',
    body: { metadata: { ownerReferences: [owner] } },
  });
  if (!isSuccess(answer) && answer.status !== NOT_FOUND)
    throw refusedAnswer(answer, `the PATCH of Secret ${secret}`);
}
