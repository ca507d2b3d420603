// The writes that a watch tells of and that changed nothing but fields of the list of what is not compared.
import { isDeepStrictEqual } from 'node:util';

import { isNotCompared } from './not-compared';

/** One line of a watch. */
interface WatchEvent {
  readonly type?: unknown;
  readonly object?: unknown;
}

/**
 * The events without each MODIFIED that differs from the object's event before it in listed fields alone. Whether a
 * kubelet writes such a change on its own or together with another is chance: L1-05 has one before the finalizer goes,
 * L3-05 has it after that, and L22-05 has none. The order of all other events stays, so no order is hidden. An event
 * that says the same as the one before to the last field is no such change: it stays and is compared.
 */
export function withoutListedChanges(events: readonly unknown[]): unknown[] {
  const before = new Map<string, unknown>();
  return events.filter((event) => {
    const { type, object } = asEvent(event);
    const uid = uidOf(object);
    if (uid === undefined) return true;
    const previous = before.get(uid);
    before.set(uid, object);
    return (
      type !== 'MODIFIED' ||
      previous === undefined ||
      isDeepStrictEqual(withoutVersion(previous), withoutVersion(object)) ||
      !isDeepStrictEqual(compared(previous), compared(object))
    );
  });
}

function asEvent(event: unknown): WatchEvent {
  return typeof event === 'object' && event !== null ? event : {};
}

function uidOf(object: unknown): string | undefined {
  const metadata = memberOf(object, 'metadata');
  const uid = memberOf(metadata, 'uid');
  return typeof uid === 'string' ? uid : undefined;
}

function memberOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}

function withoutVersion(object: unknown): unknown {
  return filtered(object, (path) => path.at(-1) !== 'resourceVersion');
}

function compared(object: unknown): unknown {
  return filtered(object, (path) => path.at(-1) !== 'resourceVersion' && !isNotCompared(path));
}

function filtered(
  value: unknown,
  keeps: (path: readonly string[]) => boolean,
  path: readonly string[] = [],
): unknown {
  if (Array.isArray(value)) return value.map((one) => filtered(one, keeps, path));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name]) => keeps([...path, name]))
      .map(([name, member]) => [name, filtered(member, keeps, [...path, name])]),
  );
}
