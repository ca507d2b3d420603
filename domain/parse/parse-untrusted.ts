// Parses untrusted input by a schema. No input makes it throw, and its objections are in our own words.
import type { z } from 'zod';

import { issueInWords } from './issue-words';
import { MAX_DEPTH } from './max-depth';

const IN_OUR_WORDS = { error: issueInWords };

/**
 * Like `safeParse`, but never throws. zod checks a text's or list's length although the type is wrong (zod 4.6,
 * core/checks.ts). So it throws for a mapping whose `length` can't be compared with a number, such as
 * `{ "length": { "toString": 0 } }`.
 */
export function parseUntrusted<Schema extends z.ZodType>(
  schema: Schema,
  input: unknown,
): z.ZodSafeParseResult<z.output<Schema>> {
  try {
    return schema.safeParse(input, IN_OUR_WORDS);
  } catch (error) {
    const parsed = schema.safeParse(withoutLengths(input, 0), IN_OUR_WORDS);
    if (!parsed.success) return parsed; // The issue names the mapping, whose type is still wrong.
    throw error;
  }
}

/** The input without the members named `length` or `size` that are neither texts nor numbers. */
function withoutLengths(value: unknown, depth: number): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (depth > MAX_DEPTH) return null;
  if (Array.isArray(value)) return value.map((item) => withoutLengths(item, depth + 1));
  const kept = Object.entries(value).filter(
    ([name, member]) => (name !== 'length' && name !== 'size') || typeof member !== 'object',
  );
  return Object.fromEntries(kept.map(([name, member]) => [name, withoutLengths(member, depth + 1)]));
}
