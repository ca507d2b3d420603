// Deletes Jobs some time after they have ended (`ttlSecondsAfterFinished`).
import type { KubernetesContext } from '../context';
import { jobSchema } from '../model/job';
import { whereTrue } from '../model/metadata';
import { JOBS } from '../resources/resources';
import { deleteObject } from '../writes/delete-object';
import { createWorkQueue } from './work-queue';

/** Returns what stops it. */
export function startTtlController(context: KubernetesContext): () => void {
  const { store, clock } = context;
  const queue = createWorkQueue(context, (key) => {
    const [namespace = '', name = ''] = key.split('/');
    const object = store.get({ resource: JOBS.name, namespace, name });
    if (object === undefined || object.metadata.deletionTimestamp !== undefined) return;
    const { status, spec, metadata } = jobSchema.parse(object);
    const end = whereTrue(status.conditions, 'Complete') ?? whereTrue(status.conditions, 'Failed');
    if (spec.ttlSecondsAfterFinished === undefined || !end?.lastTransitionTime) return;
    const leftMs = Date.parse(end.lastTransitionTime) + spec.ttlSecondsAfterFinished * 1_000 - clock.now();
    if (leftMs > 0) queue.add(key, leftMs);
    else
      deleteObject(context, {
        resource: JOBS,
        namespace,
        name,
        options: { propagation: 'Foreground', uid: metadata.uid },
      });
  });
  const unsubscribe = store.subscribe(({ resource, object }) => {
    if (resource === JOBS.name) queue.add(`${object.metadata.namespace ?? ''}/${object.metadata.name}`);
  });
  return () => {
    unsubscribe();
    queue.close();
  };
}
