// Reads a request's body as JSON, within a limit.
import type { HttpRequest, HttpResponseInit } from '@azure/functions';

import { problem } from './problem';

/** A spec is a few KB; more is a mistake. */
const MAX_BODY_BYTES = 256 * 1024;

export type ReadJson =
  { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly problem: HttpResponseInit };

export async function readJson(request: HttpRequest): Promise<ReadJson> {
  const body = Buffer.from(await request.arrayBuffer());
  if (body.length > MAX_BODY_BYTES) {
    const detail = `The body has ${body.length} bytes, at most ${MAX_BODY_BYTES} are taken.`;
    return { ok: false, problem: problem(413, 'Body too large', detail) };
  }
  try {
    return { ok: true, value: JSON.parse(body.toString('utf8')) };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return {
      ok: false,
      problem: problem(400, 'Body is not JSON', `${why}. The body must be a JSON object.`),
    };
  }
}
