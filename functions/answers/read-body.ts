// Reads a request's body as JSON by a schema; what does not fit is answered with problem details that name each bad
// field.
import type { HttpRequest, HttpResponseInit } from '@azure/functions';
import type { z } from 'zod';

import { parseUntrusted } from '../../domain/parse/parse-untrusted';
import { problemsOf } from '../../domain/spec/job-spec';
import { fieldErrors, problem } from './problem';
import { readJson } from './read-json';

export type ReadBody<T> =
  { readonly ok: true; readonly body: T } | { readonly ok: false; readonly problem: HttpResponseInit };

/**
 * `wanted` is what the sender of a wrong body reads: the problem's title, and what the body must look like. `ifEmpty`
 * is what an empty body stands for, where one is taken.
 */
export async function readBody<Schema extends z.ZodType>(
  request: HttpRequest,
  schema: Schema,
  wanted: { readonly title: string; readonly detail: string; readonly ifEmpty?: unknown },
): Promise<ReadBody<z.output<Schema>>> {
  const json = await readJson(request, wanted.ifEmpty);
  if (!json.ok) return json;
  const parsed = parseUntrusted(schema, json.value);
  if (parsed.success) return { ok: true, body: parsed.data };
  const errors = fieldErrors(problemsOf(parsed.error));
  return { ok: false, problem: problem(400, wanted.title, wanted.detail, { errors }) };
}
