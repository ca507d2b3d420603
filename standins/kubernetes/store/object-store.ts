// All objects of the cluster, with one version that rises with each write, and the history that watches read.
import { type Change, type ObjectKey, pathOf } from './change';
import { createHistory, type History } from './history';
import { frozen, listAt, sameJson } from './json';
import { type KubeObject, withMeta } from './kube-object';

export interface ObjectList {
  /** The version at which the list is true. */
  readonly revision: number;
  /** By namespace and name, as the API lists. */
  readonly items: readonly KubeObject[];
}

/** What a write can meet; the API makes answers of it, a controller tries again or lets go. */
export class StoreFault extends Error {
  override readonly name = 'StoreFault';
  readonly kind: 'exists' | 'absent' | 'conflict';
  readonly key: ObjectKey;
  /** With `exists`: what is there. */
  readonly current?: KubeObject;

  constructor(kind: StoreFault['kind'], key: ObjectKey, current?: KubeObject) {
    super(`${key.resource} ${key.namespace ?? ''}/${key.name}: ${kind}`);
    this.kind = kind;
    this.key = key;
    if (current) this.current = current;
  }
}

/** Objects come out unchangeable; a write takes a new object, made from what it read. */
export interface ObjectStore {
  /** The version of the last write. */
  revision(): number;
  get(key: ObjectKey): KubeObject | undefined;
  /** Of one namespace, or of all. */
  list(resource: string, namespace?: string): ObjectList;
  /** The list as it was at that version; `expired` when the history no longer reaches back to it. */
  listAt(revision: number, resource: string, namespace?: string): ObjectList | 'expired';
  /** Throws a StoreFault `exists`. The object's own `metadata.resourceVersion` is set here. */
  create(resource: string, object: KubeObject): KubeObject;
  /**
   * Writes what `change` makes of the current object, and returns it as kept; an object that says the same is not
   * written. An object whose deletion was asked for, whose grace is over and that has no finalizer left now is deleted
   * in place of the write, as the API server does. Throws a StoreFault `absent`, or `conflict` when `change`'s result
   * carries another `metadata.resourceVersion` than the current object.
   */
  update(key: ObjectKey, change: (current: KubeObject) => KubeObject): KubeObject;
  /** Takes the object away at once, whatever its finalizers. Throws a StoreFault `absent`. */
  remove(key: ObjectKey): KubeObject;
  /** The oldest version from which `changesSince` can go on. */
  oldest(): number;
  /** The writes after that version, oldest first; `expired` when the history no longer reaches back to it. */
  changesSince(revision: number): readonly Change[] | 'expired';
  /** Calls `listener` right after each write, in order, before the write returns. Returns what ends that. */
  subscribe(listener: (change: Change) => void): () => void;
  /** Forgets the history up to and including that version, as etcd's compaction does each 5 minutes. */
  compact(revision: number): void;
}

/** `keptChanges`: so many writes of history; older versions are `expired`. */
export function createObjectStore(keptChanges: number): ObjectStore {
  const kinds = new Map<string, Map<string, KubeObject>>();
  const listeners = new Set<(change: Change) => void>();
  const history: History = createHistory(keptChanges);
  let revision = 0;

  const objectsOf = (resource: string): Map<string, KubeObject> => {
    const found = kinds.get(resource);
    if (found) return found;
    const made = new Map<string, KubeObject>();
    kinds.set(resource, made);
    return made;
  };
  const keyOf = ({ resource, name }: ObjectKey, namespace: string | undefined): ObjectKey =>
    namespace === undefined ? { resource, name } : { resource, namespace, name };

  const commit = (
    type: Change['type'],
    key: ObjectKey,
    object: KubeObject,
    previous?: KubeObject,
  ): KubeObject => {
    revision += 1;
    const kept = frozen(withMeta(object, { resourceVersion: String(revision) }));
    const objects = objectsOf(key.resource);
    if (type === 'DELETED') objects.delete(pathOf(key));
    else objects.set(pathOf(key), kept);
    const change = { type, revision, resource: key.resource, object: kept, ...(previous && { previous }) };
    history.add(change);
    for (const listener of [...listeners]) if (listeners.has(listener)) listener(change);
    return kept;
  };
  const present = (key: ObjectKey): KubeObject => {
    const current = objectsOf(key.resource).get(pathOf(key));
    if (!current) throw new StoreFault('absent', key);
    return current;
  };

  return {
    revision: () => revision,
    get: (key) => objectsOf(key.resource).get(pathOf(key)),
    list: (resource, namespace) => ({ revision, items: sorted(objectsOf(resource), namespace) }),
    listAt: (asked, resource, namespace) => {
      const undone = history.undone(asked, resource, objectsOf(resource));
      return undone === 'expired' ? undone : { revision: asked, items: sorted(undone, namespace) };
    },
    create: (resource, object) => {
      const { name, namespace } = object.metadata;
      const key = keyOf({ resource, name }, namespace);
      const current = objectsOf(resource).get(pathOf(key));
      if (current) throw new StoreFault('exists', key, current);
      return commit('ADDED', key, object);
    },
    update: (key, change) => {
      const current = present(key);
      const next = change(current);
      const { resourceVersion } = next.metadata;
      if (resourceVersion !== undefined && resourceVersion !== current.metadata.resourceVersion)
        throw new StoreFault('conflict', key, current);
      if (sameJson(withMeta(next, { resourceVersion: current.metadata.resourceVersion }), current))
        return current;
      return isOver(next) && isDue(current)
        ? commit('DELETED', key, current, current)
        : commit('MODIFIED', key, next, current);
    },
    remove: (key) => {
      const current = present(key);
      return commit('DELETED', key, current, current);
    },
    oldest: () => history.oldest(),
    changesSince: (since) => history.since(since),
    subscribe: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    compact: (upTo) => history.forget(upTo),
  };
}

/** Whether its deletion was asked for and only finalizers hold it. */
function isDue({ metadata }: KubeObject): boolean {
  return metadata.deletionTimestamp !== undefined && (metadata.deletionGracePeriodSeconds ?? 0) === 0;
}

/** Whether nothing holds an object whose deletion was asked for. A namespace is held by finalizers of its spec. */
function isOver(object: KubeObject): boolean {
  const { metadata, kind } = object;
  return (
    (kind !== 'Namespace' || listAt(object, 'spec', 'finalizers').length === 0) &&
    metadata.deletionTimestamp !== undefined &&
    (metadata.finalizers ?? []).length === 0 &&
    (metadata.deletionGracePeriodSeconds ?? 0) === 0
  );
}

function sorted(objects: ReadonlyMap<string, KubeObject>, namespace: string | undefined): KubeObject[] {
  const prefix = namespace === undefined ? '' : `${namespace}\0`;
  const paths = [...objects.keys()].filter((path) => path.startsWith(prefix)).sort();
  return paths.flatMap((path) => objects.get(path) ?? []);
}
