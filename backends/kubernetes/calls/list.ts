// Lists every workload of an owner in the placement's namespace, by what is left of each: Job, pods or Secrets.
import { z } from 'zod';

import { RetryableError } from '../../../domain/errors';
import type { ListedWorkload, WorkloadList } from '../../../domain/ports/compute-backend';
import { markedWorkload } from '../../workload-marks';
import { ownersSelector } from '../marks';
import { allPages, pageMetadata } from '../reading/all-pages';
import { itemsOf } from '../reading/items-of';
import { type Metadata, metadataSchema } from '../reading/objects';
import { readBy } from '../reading/read-answer';
import { secretNamesOf } from '../secret-names';
import type { Cluster } from './cluster-of';
import { listPath } from './paths';

/** Answers with metadata alone (docs/facts/kubernetes.md#metadata-alone). */
const METADATA = 'application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1';
const PAGE = 500;

const listSchema = z.object({
  metadata: pageMetadata,
  items: itemsOf(z.object({ metadata: metadataSchema })),
});

/** Whether an object has the name that this workload's has: labels can be copied. */
type Names = (object: string, workload: string) => boolean;
const LISTED: readonly (readonly ['jobs' | 'pods' | 'secrets', Names])[] = [
  ['jobs', (object, workload) => object === workload],
  ['pods', (object, workload) => object.startsWith(`${workload}-`)],
  ['secrets', (object, workload) => secretNamesOf(workload).includes(object)],
];

/** Rejects where one of the lists can't be had whole. */
export async function list(cluster: Cluster, owner: string, placement: string): Promise<WorkloadList> {
  const byName = new Map<string, ListedWorkload>();
  let serverTime: number | undefined;
  for (const [resource, names] of LISTED) {
    const listed = await listAll(cluster, resource, owner);
    serverTime ??= listed.serverTime;
    for (const object of listed.objects) {
      const workload = markedWorkload({ ...object.labels, ...object.annotations }, owner, placement);
      if (workload !== undefined && names(object.name, workload.ref.name) && !byName.has(workload.ref.name))
        byName.set(workload.ref.name, workload);
    }
  }
  if (serverTime !== undefined) return { serverTime, workloads: [...byName.values()] };
  throw new RetryableError(
    `The list of namespace ${cluster.namespace} came without the server's time (Date header).`,
    { namespace: cluster.namespace },
  );
}

async function listAll(
  cluster: Cluster,
  resource: 'jobs' | 'pods' | 'secrets',
  owner: string,
): Promise<{ objects: Metadata[]; serverTime: number | undefined }> {
  const pages = await allPages(
    PAGE,
    async (query) => {
      const path = listPath(cluster.namespace, resource, { labelSelector: ownersSelector(owner), ...query });
      const answer = await cluster.send({ method: 'GET', path, accept: METADATA });
      const page = readBy(listSchema, answer, `the list of ${resource}`);
      return { ...page, serverTime: answer.serverTime };
    },
    ({ metadata }) => metadata,
  );
  return {
    objects: pages.flatMap(({ items }) => items.map(({ metadata }) => metadata)),
    serverTime: pages[0]?.serverTime,
  };
}
