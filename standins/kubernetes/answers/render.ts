// Shows a kept object as the API writes it: its fields in the server's order, empty ones left out.
import type { Resource } from '../resources/resources';
import { decode } from '../schema/decode';
import { isStruct } from '../schema/structs';
import { type JsonObject, without } from '../store/json';
import type { KubeObject } from '../store/kube-object';
import { asNewEvent } from './new-event';

/** Kept objects never change, so each is rendered once. */
const rendered = new WeakMap<KubeObject, JsonObject>();
const renderedNew = new WeakMap<KubeObject, JsonObject>();

/** The object with `kind` and `apiVersion`, as a GET answers it. */
export function render(resource: Resource, object: KubeObject): JsonObject {
  if (resource.group === 'events.k8s.io') return memoized(renderedNew, object, asNewEvent);
  return memoized(rendered, object, ({ kind, apiVersion, ...rest }) => ({
    kind,
    apiVersion,
    ...renderAs(isStruct(kind) ? kind : 'AnyKind', rest),
  }));
}

/** The same without `kind` and `apiVersion`, as a list shows its items. */
export function renderItem(resource: Resource, object: KubeObject): JsonObject {
  return without(render(resource, object), 'kind', 'apiVersion');
}

function renderAs(struct: string, body: JsonObject): JsonObject {
  const value = without(decode(struct, body).value, 'kind', 'apiVersion');
  return struct === 'AnyKind' ? { ...value, ...without(body, 'metadata') } : value;
}

function memoized(
  cache: WeakMap<KubeObject, JsonObject>,
  object: KubeObject,
  make: (object: KubeObject) => JsonObject,
): JsonObject {
  const known = cache.get(object);
  if (known) return known;
  const made = make(object);
  cache.set(object, made);
  return made;
}

/** An object of no content, as a bookmark carries it. */
export function emptyObject({ kind, apiVersion }: Resource, metadata: JsonObject): JsonObject {
  const struct = isStruct(kind) ? kind : 'AnyKind';
  return { kind, apiVersion, ...renderAs(struct, { metadata }) };
}
