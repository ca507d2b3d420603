// One write to the store, and how it names what it changed.
import type { KubeObject } from './kube-object';

/** Which object: `resource` as RBAC names it with its group (`pods`, `jobs.batch`); no namespace for cluster scope. */
export interface ObjectKey {
  readonly resource: string;
  readonly namespace?: string;
  readonly name: string;
}

/** One write. */
export interface Change {
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED';
  readonly revision: number;
  readonly resource: string;
  /** After the write; of a deletion: as it last was, with the version of the deletion. */
  readonly object: KubeObject;
  /** Before the write; an addition has none. */
  readonly previous?: KubeObject;
}

/** Sorts as the API does: by namespace, then by name. NUL is in neither. */
export function pathOf({ namespace, name }: Pick<ObjectKey, 'namespace' | 'name'>): string {
  return `${namespace ?? ''}\0${name}`;
}
