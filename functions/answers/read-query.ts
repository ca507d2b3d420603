// Reads a request's query by a schema. An unknown parameter is refused, so a misspelt filter is never silently ignored.
import type { HttpRequest, HttpResponseInit } from '@azure/functions';
import { z } from 'zod';

import { parseUntrusted } from '../../domain/parse/parse-untrusted';
import { problemsOf } from '../../domain/spec/job-spec';
import { problem } from './problem';

/** The parameters of function keys. The host reads them; we ignore them. */
const KEY_PARAMETERS = new Set(['code', 'clientId']);

/** For routes that take none. */
export const NO_PARAMETERS = z.object({});

export type ReadQuery<T> =
  { readonly ok: true; readonly query: T } | { readonly ok: false; readonly problem: HttpResponseInit };

/** `shape` names every parameter; a parameter that comes twice reaches us as one, its values joined by commas. */
export function readQuery<Shape extends z.ZodRawShape>(
  request: HttpRequest,
  shape: z.ZodObject<Shape>,
): ReadQuery<z.infer<z.ZodObject<Shape>>> {
  const given = Object.fromEntries([...request.query].filter(([name]) => !KEY_PARAMETERS.has(name)));
  const parsed = parseUntrusted(shape.strict(), given);
  if (parsed.success) return { ok: true, query: parsed.data };
  const errors = problemsOf(parsed.error).map(({ pointer, message }) => ({
    parameter: pointer.split('/')[1] ?? '', // Of a value with parts the parameter as a whole.
    detail: message,
  }));
  const known = Object.keys(shape.shape);
  const detail = `${errors.map(({ parameter, detail }) => (parameter === '' ? detail : `${parameter} ${detail}`)).join('; ')}. This route takes ${known.length === 0 ? 'no parameters' : known.join(', ')}.`;
  return { ok: false, problem: problem(400, 'Bad query', detail, { errors }) };
}
