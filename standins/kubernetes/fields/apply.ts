// Server-side apply: the fields that a manager wants, merged into what is there, unless others own them.
import { ApiFault, type Cause } from '../answers/api-fault';
import { isList, isObject, type Json, type JsonObject, sameJson } from '../store/json';
import type { KubeObject } from '../store/kube-object';
import { elementsOf, type FieldPath, fieldPaths, fits, valueAt, wordsOf } from './field-paths';
import { type FieldOwner, ownersOf } from './managed-fields';

export interface Applied {
  /** As a client would send it: neither decoded nor filled in. */
  readonly body: JsonObject;
  readonly owners: readonly FieldOwner[];
}

/** Throws the 409 with a cause for each field that another owns and that is to be changed (recorded: G10). */
export function apply(
  live: KubeObject,
  config: JsonObject,
  by: {
    readonly manager: string;
    readonly apiVersion: string;
    readonly time: string;
    readonly force: boolean;
  },
): Applied {
  const wanted = fieldPaths(live.kind, config);
  const owners = ownersOf(live);
  const isOwn = (owner: FieldOwner): boolean => owner.operation === 'Apply' && owner.manager === by.manager;
  const own = owners.find(isOwn);
  const others = owners.filter((owner) => owner !== own);
  // As sent against as kept: the server compares before it decodes, so 1 conflicts with "1" (recorded: G10).
  const changed = new Set(
    [...wanted].filter((path) => !isItem(path) && !sameJson(valueAt(config, path), valueAt(live, path))),
  );
  const conflicts = others.flatMap((owner) =>
    [...owner.paths].filter((path) => changed.has(path)).map((path) => ({ owner, path })),
  );
  if (conflicts.length > 0 && !by.force) throw conflictOf(conflicts);
  const left = others.map((owner) => ({
    ...owner,
    paths: new Set([...owner.paths].filter((path) => !changed.has(path))),
  }));
  const given = [...(own?.paths ?? [])].filter(
    (path) => !wanted.has(path) && !left.some(({ paths }) => paths.has(path)),
  );
  const body = given.reduce(
    (object: Json, path) => withoutPath(object, elementsOf(path)),
    [...wanted].reduce(
      (object: Json, path) => withPath(object, elementsOf(path), valueAt(config, path) ?? null),
      live,
    ),
  );
  if (!isObject(body)) throw new TypeError('An object stays an object.');
  const { manager, apiVersion, time } = by;
  const same = own !== undefined && sameJson([...own.paths].sort(), [...wanted].sort());
  const applier: FieldOwner = {
    manager,
    operation: 'Apply',
    apiVersion,
    time: same ? own.time : time,
    paths: wanted,
  };
  return { body, owners: [applier, ...left] };
}

/** An item of a list is owned beside its fields; it has no value of its own. */
function isItem(path: FieldPath): boolean {
  return elementsOf(path).at(-1)?.startsWith('k:') === true;
}

function withPath(target: Json, [element = '', ...rest]: readonly string[], value: Json): Json {
  if (element.startsWith('f:')) {
    const name = element.slice(2);
    const object = isObject(target) ? target : {};
    return { ...object, [name]: rest.length === 0 ? value : withPath(object[name] ?? null, rest, value) };
  }
  const items = isList(target) ? target : [];
  const index = items.findIndex((item) => fits(item, element));
  const present = items[index];
  const told: Json = present ?? value;
  const item = rest.length === 0 ? told : withPath(present ?? null, rest, value);
  return present === undefined ? [...items, item] : items.with(index, item);
}

function withoutPath(target: Json, [element = '', ...rest]: readonly string[]): Json {
  if (element.startsWith('f:')) {
    if (!isObject(target)) return target;
    const name = element.slice(2);
    const inner = target[name];
    if (inner === undefined) return target;
    const kept = Object.entries(target).filter(([other]) => other !== name);
    return rest.length === 0 ? Object.fromEntries(kept) : { ...target, [name]: withoutPath(inner, rest) };
  }
  if (!isList(target)) return target;
  if (rest.length === 0) return target.filter((item) => !fits(item, element));
  return target.map((item) => (fits(item, element) ? withoutPath(item, rest) : item));
}

function conflictOf(conflicts: readonly { owner: FieldOwner; path: FieldPath }[]): ApiFault {
  const named = (owner: FieldOwner): string => {
    const using = owner.operation === 'Update' ? ` using ${owner.apiVersion}` : '';
    return `"${owner.manager}"${owner.subresource === undefined ? '' : ` with subresource "${owner.subresource}"`}${using}`;
  };
  const sorted = conflicts
    .map(({ owner, path }) => ({ by: named(owner), field: wordsOf(path) }))
    .sort((a, b) => a.by.localeCompare(b.by) || a.field.localeCompare(b.field));
  const causes: Cause[] = sorted.map(({ by, field }) => ({
    reason: 'FieldManagerConflict',
    message: `conflict with ${by}`,
    field,
  }));
  const [only, ...more] = sorted;
  const count = `Apply failed with ${sorted.length} conflict${sorted.length === 1 ? '' : 's'}`;
  const message =
    only !== undefined && more.length === 0
      ? `${count}: conflict with ${only.by}: ${only.field}`
      : `${count}: ${[...new Set(sorted.map(({ by }) => by))]
          .map(
            (by) =>
              `conflicts with ${by}:\n${sorted
                .filter((one) => one.by === by)
                .map(({ field }) => `- ${field}`)
                .join('\n')}`,
          )
          .join('\n')}`;
  return new ApiFault(409, 'Conflict', message, { causes });
}
