// Reading and trimming the JSON of requests, whose members may be null, absent or in any case.
import { ArmFault } from '../wire/arm-error';
import type { WireRequest } from '../wire/handler';

export type JsonObject = Readonly<Record<string, unknown>>;

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The object member, or an empty object. */
export function objectAt(value: JsonObject, name: string): JsonObject {
  const member = value[name];
  return isObject(member) ? member : {};
}

/** Without members that are null or absent, in objects of every depth. Lists keep their order. */
export function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, member]) => member !== null && member !== undefined)
      .map(([name, member]) => [name, withoutNulls(member)]),
  );
}

/** The body of a request as an object. Throws 400 for one that is none; its code is not confirmed by any source. */
export function readBody(request: WireRequest): JsonObject {
  try {
    const body: unknown = JSON.parse(request.body.toString('utf8'));
    if (isObject(body)) return body;
  } catch {
    // What follows says the same of a body that is no JSON and of one that is no object.
  }
  throw new ArmFault(
    400,
    'InvalidRequestContent',
    `The request content was invalid and could not be deserialized: '${request.body.toString('utf8').slice(0, 80)}' is no JSON object.`,
  );
}

/** Merges a patch as PATCH does: objects by member, null takes a member out, everything else replaces. */
export function mergePatch(target: JsonObject, patch: JsonObject): JsonObject {
  const merged: Record<string, unknown> = { ...target };
  for (const [name, value] of Object.entries(patch)) {
    const before = merged[name];
    if (isObject(value)) merged[name] = mergePatch(isObject(before) ? before : {}, value);
    else merged[name] = value;
  }
  return merged;
}
