// Reads a request's body as JSON, within a limit.
import type { HttpRequest, HttpResponseInit } from '@azure/functions';

import { MAX_DEPTH } from '../../domain/parse/max-depth';
import { problem } from './problem';

/** A spec is a few KB; more is a mistake. */
const MAX_BODY_BYTES = 256 * 1024;

export type ReadJson =
  { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly problem: HttpResponseInit };

/** `ifEmpty`: what an empty body stands for; left out: it is refused. */
export async function readJson(request: HttpRequest, ifEmpty?: unknown): Promise<ReadJson> {
  const body = Buffer.from(await request.arrayBuffer());
  if (body.length > MAX_BODY_BYTES) {
    const detail = `The body has ${body.length} bytes, at most ${MAX_BODY_BYTES} are taken.`;
    return { ok: false, problem: problem(413, 'Body too large', detail) };
  }
  if (body.length === 0 && ifEmpty !== undefined) return { ok: true, value: ifEmpty };
  try {
    const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
    if (!isTooDeep(value)) return { ok: true, value };
    const detail = `The body has objects and lists inside each other more than ${MAX_DEPTH} deep.`;
    return { ok: false, problem: problem(400, 'Body too deep', detail) };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return {
      ok: false,
      problem: problem(400, 'Body is not JSON', `${why}. The body must be a JSON object.`),
    };
  }
}

/** Goes level by level, so no depth overflows the stack. Stops at the first level too many. */
function isTooDeep(value: unknown): boolean {
  let level = [value].filter(isContainer);
  for (let depth = 1; level.length > 0; depth += 1) {
    if (depth > MAX_DEPTH) return true;
    level = level.flatMap((one): unknown[] => Object.values(one)).filter(isContainer);
  }
  return false;
}

function isContainer(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
