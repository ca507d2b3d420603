// Deletes one object of a cluster, if it is still the one that was looked at.
import type { Metadata } from '../reading/objects';
import { isSuccess, refusedAnswer } from '../reading/read-answer';
import type { Cluster } from './cluster-of';
import { objectPath, type Resource } from './paths';

/** 404: it is gone. 409: another object has its name by now, which is left alone. */
const NOTHING_TO_DELETE: readonly number[] = [404, 409];

/**
 * `Foreground`: the object stays until what it owns is gone, so its absence says that no pod of it is left. Without a
 * policy the pods of a Job would be left behind (docs/facts/kubernetes.md#deleting). Rejects where the delete was not
 * taken.
 */
export async function deleteObject(
  cluster: Cluster,
  resource: Resource,
  { name, uid }: Metadata,
): Promise<void> {
  const answer = await cluster.send({
    method: 'DELETE',
    path: objectPath(cluster.namespace, resource, name),
    body: {
      apiVersion: 'v1',
      kind: 'DeleteOptions',
      propagationPolicy: 'Foreground',
      preconditions: { uid },
    },
  });
  if (isSuccess(answer) || NOTHING_TO_DELETE.includes(answer.status)) return;
  throw refusedAnswer(answer, `the DELETE of ${resource}/${name}`);
}
