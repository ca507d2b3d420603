// Who owns which fields of an object: read from and written to its metadata, and carried on through each write.
import { type Json, type JsonObject, objectAt, sameJson, textAt } from '../store/json';
import { type KubeObject, withMeta } from '../store/kube-object';
import { elementsOf, type FieldPath, fieldPaths, pathOf, valueAt } from './field-paths';

export interface FieldOwner {
  readonly manager: string;
  readonly operation: 'Apply' | 'Update';
  readonly apiVersion: string;
  readonly time: string;
  readonly subresource?: string;
  readonly paths: ReadonlySet<FieldPath>;
}

export function ownersOf({ metadata }: KubeObject): readonly FieldOwner[] {
  return (metadata.managedFields ?? []).map((entry) => {
    const subresource = textAt(entry, 'subresource');
    return {
      manager: textAt(entry, 'manager') ?? '',
      operation: textAt(entry, 'operation') === 'Apply' ? 'Apply' : 'Update',
      apiVersion: textAt(entry, 'apiVersion') ?? '',
      time: textAt(entry, 'time') ?? '',
      ...(subresource !== undefined && { subresource }),
      paths: new Set(read(objectAt(entry, 'fieldsV1'), [])),
    };
  });
}

/** Owners of nothing are left out. */
export function withOwners(object: KubeObject, owners: readonly FieldOwner[]): KubeObject {
  const entries = owners
    .filter(({ paths }) => paths.size > 0)
    .map(({ manager, operation, apiVersion, time, subresource, paths }): JsonObject => ({
      manager,
      operation,
      apiVersion,
      time,
      fieldsType: 'FieldsV1',
      fieldsV1: write(paths),
      ...(subresource !== undefined && { subresource }),
    }));
  return withMeta(object, { managedFields: entries.length > 0 ? entries : undefined });
}

function read(fields: JsonObject, path: readonly string[]): FieldPath[] {
  const members = Object.entries(fields).filter(([name]) => name !== '.');
  const own = path.length > 0 && (members.length === 0 || fields['.'] !== undefined) ? [pathOf(path)] : [];
  return [...own, ...members.flatMap(([name, inner]) => read(objectAt(inner ?? null), [...path, name]))];
}

interface Node {
  owned: boolean;
  readonly inner: Map<string, Node>;
}

function write(paths: ReadonlySet<FieldPath>): JsonObject {
  const root: Node = { owned: false, inner: new Map() };
  for (const path of [...paths].sort()) {
    let node = root;
    for (const element of elementsOf(path)) {
      const next = node.inner.get(element) ?? { owned: false, inner: new Map<string, Node>() };
      node.inner.set(element, next);
      node = next;
    }
    node.owned = true;
  }
  return jsonOf(root);
}

function jsonOf({ owned, inner }: Node): JsonObject {
  const members = [...inner].map(([name, node]): [string, Json] => [name, jsonOf(node)]);
  return Object.fromEntries(owned && members.length > 0 ? [['.', {}], ...members] : members);
}

/** Who writes, and when. */
export interface FieldWrite {
  readonly manager: string;
  readonly apiVersion: string;
  readonly time: string;
  readonly subresource?: string;
}

/** The object after a write that was no apply: the writer owns what it changed, others what they still have. */
export function ownedAfterUpdate(
  before: KubeObject | undefined,
  after: KubeObject,
  by: FieldWrite,
): KubeObject {
  const present = fieldPaths(after.kind, after);
  const changed = new Set(
    [...present].filter(
      (path) => before === undefined || !sameJson(valueAt(before, path), valueAt(after, path)),
    ),
  );
  const owners = before === undefined ? [] : ownersOf(before);
  const isWriter = (owner: FieldOwner): boolean =>
    owner.operation === 'Update' && owner.manager === by.manager && owner.subresource === by.subresource;
  const kept = owners.map((owner) => ({
    ...owner,
    paths: new Set(
      [...owner.paths].filter((path) => present.has(path) && (isWriter(owner) || !changed.has(path))),
    ),
  }));
  const own = kept.find(isWriter);
  if (changed.size === 0) return withOwners(after, kept);
  const { manager, apiVersion, time, subresource } = by;
  const writer: FieldOwner = {
    ...{ manager, operation: 'Update', apiVersion, time },
    ...(subresource !== undefined && { subresource }),
    paths: new Set([...(own?.paths ?? []), ...changed]),
  };
  return withOwners(after, [...kept.filter((owner) => owner !== own), writer]);
}

/** Whether anything but the owners differs. */
export function sameButOwners(one: KubeObject, other: KubeObject): boolean {
  return sameJson(withMeta(one, { managedFields: undefined }), withMeta(other, { managedFields: undefined }));
}

/** What a request's writer is called: what it says, else the first word of its user agent. */
export function managerOf(query: URLSearchParams, userAgent: string | undefined): string {
  const said = query.get('fieldManager') ?? '';
  return said !== '' ? said : ((userAgent ?? 'unknown').split('/')[0] ?? 'unknown');
}
