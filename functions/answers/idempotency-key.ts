// The Idempotency-Key header of a request: repeating the request with it gives the same job.
import { randomUUID } from 'node:crypto';

import type { HttpRequest, HttpResponseInit } from '@azure/functions';

import { MAX_KEY_CHARACTERS } from '../../api/submissions';
import { problem } from './problem';

export type ReadKey =
  { readonly ok: true; readonly key: string } | { readonly ok: false; readonly problem: HttpResponseInit };

/** The header's key; else `field`, the key that the document itself names; else a random one. */
export function idempotencyKey(request: HttpRequest, field?: string): ReadKey {
  const header = request.headers.get('idempotency-key') ?? undefined;
  if (header === undefined) return { ok: true, key: field ?? randomUUID() };
  if (header === '' || header.length > MAX_KEY_CHARACTERS)
    return refused(
      'Bad Idempotency-Key',
      `The header has ${header.length} characters, must have 1 to ${MAX_KEY_CHARACTERS}.`,
    );
  if (field !== undefined && header !== field)
    return refused(
      'Two idempotency keys',
      'The Idempotency-Key header and the field idempotencyKey differ; give one, or the same.',
    );
  return { ok: true, key: header };
}

function refused(title: string, detail: string): ReadKey {
  return { ok: false, problem: problem(400, title, detail) };
}
