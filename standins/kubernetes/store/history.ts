// The last writes to the store, so that a watch can go on from a version and a list can be read at one.
import { type Change, pathOf } from './change';
import type { KubeObject } from './kube-object';

export interface History {
  add(change: Change): void;
  /** The oldest version that is remembered. */
  oldest(): number;
  /** The writes after that version, oldest first; `expired` when some of them are forgotten. */
  since(revision: number): readonly Change[] | 'expired';
  /** The objects of one resource as they were at that version, given how they are now. */
  undone(
    revision: number,
    resource: string,
    now: ReadonlyMap<string, KubeObject>,
  ): ReadonlyMap<string, KubeObject> | 'expired';
  forget(upTo: number): void;
}

/** Keeps at most `kept` writes. */
export function createHistory(kept: number): History {
  let changes: Change[] = [];
  /** The newest version that is forgotten. */
  let forgotten = 0;
  const since = (revision: number): readonly Change[] | 'expired' =>
    revision < forgotten ? 'expired' : changes.filter((change) => change.revision > revision);

  return {
    add: (change) => {
      changes.push(change);
      // Twice as many before they are cut, so that most writes move nothing.
      if (changes.length < 2 * kept) return;
      changes = changes.slice(-kept);
      forgotten = (changes[0]?.revision ?? 1) - 1;
    },
    oldest: () => forgotten,
    since,
    undone: (revision, resource, now) => {
      const later = since(revision);
      if (later === 'expired') return later;
      const objects = new Map(now);
      for (const change of later.toReversed()) {
        if (change.resource !== resource) continue;
        const path = pathOf(change.object.metadata);
        if (change.previous) objects.set(path, change.previous);
        else objects.delete(path);
      }
      return objects;
    },
    forget: (upTo) => {
      forgotten = Math.max(forgotten, upTo);
      changes = changes.filter((change) => change.revision > forgotten);
    },
  };
}
