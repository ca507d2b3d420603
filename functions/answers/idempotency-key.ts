// The Idempotency-Key header of a request: repeating the request with it gives the same job.
import { randomUUID } from 'node:crypto';

import type { HttpRequest, HttpResponseInit } from '@azure/functions';

import { MAX_KEY_CHARACTERS } from '../../api/submissions';
import { problem } from './problem';

export type ReadKey =
  { readonly ok: true; readonly key: string } | { readonly ok: false; readonly problem: HttpResponseInit };

/** The header's key, or a random one. */
export function idempotencyKey(request: HttpRequest): ReadKey {
  const key = request.headers.get('idempotency-key') ?? randomUUID();
  if (key !== '' && key.length <= MAX_KEY_CHARACTERS) return { ok: true, key };
  const detail = `The header has ${key.length} characters, must have 1 to ${MAX_KEY_CHARACTERS}.`;
  return { ok: false, problem: problem(400, 'Bad Idempotency-Key', detail) };
}
