// An object of the API as it is kept: plain JSON, with the metadata that the server itself works by.
import { isList, isObject, type Json, type JsonObject, objectAt, textAt, textOf } from './json';

/** One owner; `controller` marks the one that acts on the object. */
// Type aliases in place of interfaces: only they count as JSON to the compiler.
export type OwnerReference = {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  readonly uid: string;
  readonly controller?: boolean;
  /** A foreground deletion of the owner waits for this object. */
  readonly blockOwnerDeletion?: boolean;
};

export type ObjectMeta = {
  readonly name: string;
  readonly generateName?: string;
  readonly namespace?: string;
  readonly uid: string;
  /** A whole number as text; rises with each write to the store, whichever object it changes. */
  readonly resourceVersion?: string;
  /** Rises with each change of the spec, from 1; some kinds have none. */
  readonly generation?: number;
  /** All times are RFC 3339, in whole seconds, UTC. */
  readonly creationTimestamp: string;
  readonly deletionTimestamp?: string;
  readonly deletionGracePeriodSeconds?: number;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly ownerReferences?: readonly OwnerReference[];
  readonly finalizers?: readonly string[];
  readonly managedFields?: readonly Json[];
};

export type KubeObject = {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: ObjectMeta;
  readonly [member: string]: Json | undefined;
};

/** The same object with some metadata replaced; a member given as undefined is taken away. */
export function withMeta(
  object: KubeObject,
  changes: { readonly [M in keyof ObjectMeta]?: ObjectMeta[M] | undefined },
): KubeObject {
  const { metadata } = object;
  const merged = Object.entries({ ...metadata, ...changes }).filter(([, value]) => value !== undefined);
  return {
    ...object,
    metadata: {
      ...Object.fromEntries(merged),
      name: metadata.name,
      uid: metadata.uid,
      creationTimestamp: metadata.creationTimestamp,
    },
  };
}

/** A time as the API writes it: whole seconds, UTC. `ms`: milliseconds since the epoch. */
export function apiTime(ms: number): string {
  return `${new Date(Math.floor(ms / 1000) * 1000).toISOString().slice(0, 19)}Z`;
}

/** A time as the API writes it where it keeps microseconds (`eventTime`). */
export function apiMicroTime(ms: number): string {
  const micros = Math.floor(ms * 1000);
  const fraction = String(micros % 1_000_000).padStart(6, '0');
  return `${apiTime(ms).slice(0, 19)}.${fraction}Z`;
}

/**
 * Reads metadata that a decoder has let through. `name`, `uid` and `creationTimestamp` are what the server set; a body
 * of a client need not have them.
 */
export function metaOf(
  body: JsonObject,
  own: Pick<ObjectMeta, 'name' | 'uid' | 'creationTimestamp'>,
): ObjectMeta {
  const sent = objectAt(body, 'metadata');
  const { labels, annotations } = sent;
  return {
    ...Object.fromEntries(Object.entries(sent).filter(([, value]) => value !== undefined)),
    ...own,
    ...(isObject(labels) && { labels: texts(labels) }),
    ...(isObject(annotations) && { annotations: texts(annotations) }),
    ...(isList(sent['finalizers']) && { finalizers: sent['finalizers'].map(String) }),
    ...(isList(sent['ownerReferences']) && { ownerReferences: sent['ownerReferences'].map(ownerOf) }),
  };
}

function texts(members: JsonObject): Record<string, string> {
  return Object.fromEntries(Object.entries(members).map(([name, value]) => [name, textOf(value)]));
}

function ownerOf(value: Json): OwnerReference {
  return {
    ...(isObject(value) && value),
    apiVersion: textAt(value, 'apiVersion') ?? '',
    kind: textAt(value, 'kind') ?? '',
    name: textAt(value, 'name') ?? '',
    uid: textAt(value, 'uid') ?? '',
  };
}

/** The owner that acts on the object, such as a pod's Job. */
export function controllerOf({ metadata }: KubeObject): OwnerReference | undefined {
  return metadata.ownerReferences?.find(({ controller }) => controller === true);
}
