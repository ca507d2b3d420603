// The JSON of an answer, in the shape that it must have.
import { z } from 'zod';

import { RetryableError } from '../domain/errors';
import { jsonOf } from './json-of';

/** Throws RetryableError where the answer has another shape. `what`: the request, for people. */
export function parsedAnswer<T>(schema: z.ZodType<T>, body: string, what: string): T {
  const parsed = schema.safeParse(jsonOf(body));
  if (parsed.success) return parsed.data;
  throw new RetryableError(`The answer to ${what} has another shape: ${z.prettifyError(parsed.error)}`);
}
