// Takes away what has lost its owner, and finishes deletions that wait for dependents or leave them behind.
import type { KubernetesContext } from '../context';
import { type Resource, RESOURCES, storedAs } from '../resources/resources';
import type { Change, ObjectKey } from '../store/change';
import { type KubeObject, withMeta } from '../store/kube-object';
import { deleteObject, FOREGROUND, ORPHAN } from '../writes/delete-object';

/** How long after a change the collector acts, milliseconds: the other controllers see the change first. */
const DELAY_MS = 20;

interface Dependent {
  readonly resource: Resource;
  readonly object: KubeObject;
}

/** Returns what stops it. */
export function startGarbageCollector(context: KubernetesContext): () => void {
  const { store, timers } = context;
  let due: { cancel(): void } | undefined;
  const look = (): void => {
    due = undefined;
    collect(context);
  };
  const unsubscribe = store.subscribe((change) => {
    if (concerns(change)) due ??= timers.after(DELAY_MS, look);
  });
  return () => {
    unsubscribe();
    due?.cancel();
  };
}

function concerns({ type, object }: Change): boolean {
  return (
    type === 'DELETED' ||
    object.metadata.deletionTimestamp !== undefined ||
    (type === 'ADDED' && (object.metadata.ownerReferences ?? []).length > 0)
  );
}

/** One look at everything: small clusters need no graph. */
function collect(context: KubernetesContext): void {
  const all = allObjects(context);
  const present = new Map(all.map(({ object }) => [object.metadata.uid, object]));
  for (const { resource, object } of all) finishDeletion(context, resource, object, all);
  for (const dependent of all) {
    const owners = dependent.object.metadata.ownerReferences ?? [];
    if (owners.length === 0 || dependent.object.metadata.deletionTimestamp !== undefined) continue;
    if (owners.some(({ uid }) => present.has(uid))) continue;
    remove(context, dependent, 'Background');
  }
}

function allObjects({ store }: KubernetesContext): readonly Dependent[] {
  return RESOURCES.filter((resource) => storedAs(resource) === resource.name).flatMap((resource) =>
    store.list(resource.name).items.map((object) => ({ resource, object })),
  );
}

function finishDeletion(
  context: KubernetesContext,
  resource: Resource,
  owner: KubeObject,
  all: readonly Dependent[],
): void {
  const { deletionTimestamp, finalizers = [], uid } = owner.metadata;
  if (deletionTimestamp === undefined) return;
  const dependents = all.filter(({ object }) =>
    object.metadata.ownerReferences?.some((one) => one.uid === uid),
  );
  if (finalizers.includes(ORPHAN)) {
    for (const { resource: own, object } of dependents)
      update(context, own, object, (current) => {
        const kept = (current.metadata.ownerReferences ?? []).filter((one) => one.uid !== uid);
        return withMeta(current, { ownerReferences: kept.length === 0 ? undefined : kept });
      });
    release(context, resource, owner, ORPHAN);
  } else if (finalizers.includes(FOREGROUND)) {
    for (const dependent of dependents)
      if (dependent.object.metadata.deletionTimestamp === undefined) remove(context, dependent, 'Foreground');
    const blocked = dependents.some(
      ({ resource: own, object }) =>
        context.store.get(keyOf(own, object))?.metadata.uid === object.metadata.uid &&
        object.metadata.ownerReferences?.some((one) => one.uid === uid && one.blockOwnerDeletion === true),
    );
    if (!blocked) release(context, resource, owner, FOREGROUND);
  }
}

/** What has dependents of its own waits for them; a pod has none. */
function remove(
  context: KubernetesContext,
  { resource, object }: Dependent,
  propagation: 'Foreground' | 'Background',
): void {
  const { namespace, name, uid } = object.metadata;
  if (context.store.get(keyOf(resource, object))?.metadata.uid !== uid) return;
  const own = allObjects(context).some((one) =>
    one.object.metadata.ownerReferences?.some((owner) => owner.uid === uid),
  );
  deleteObject(context, {
    resource,
    namespace,
    name,
    options: { propagation: own ? propagation : 'Background', uid },
  });
}

function release(context: KubernetesContext, resource: Resource, owner: KubeObject, finalizer: string): void {
  update(context, resource, owner, (current) => {
    const kept = (current.metadata.finalizers ?? []).filter((one) => one !== finalizer);
    return withMeta(current, { finalizers: kept.length === 0 ? undefined : kept });
  });
}

function update(
  { store }: KubernetesContext,
  resource: Resource,
  object: KubeObject,
  change: (current: KubeObject) => KubeObject,
): void {
  const key = keyOf(resource, object);
  if (store.get(key)?.metadata.uid === object.metadata.uid) store.update(key, change);
}

function keyOf(resource: Resource, { metadata }: KubeObject): ObjectKey {
  const { namespace, name } = metadata;
  return { resource: resource.name, name, ...(namespace !== undefined && { namespace }) };
}
