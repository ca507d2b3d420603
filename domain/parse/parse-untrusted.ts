// Parses what strangers send by a schema: it can't be made to throw, and what it objects to is said in our own words.
import type { z } from 'zod';

import { issueInWords } from './issue-words';

const IN_OUR_WORDS = { error: issueInWords };

/** No schema of ours looks deeper. */
const MAX_DEPTH = 64;

/**
 * As `safeParse`, which throws where a mapping stands in a text's or list's place and its `length` can't be compared with a number,
 * as in `{ "length": { "toString": 0 } }`: zod checks the length although the type is wrong (zod 4.6, core/checks.ts).
 */
export function parseUntrusted<Schema extends z.ZodType>(
  schema: Schema,
  input: unknown,
): z.ZodSafeParseResult<z.output<Schema>> {
  try {
    return schema.safeParse(input, IN_OUR_WORDS);
  } catch (error) {
    const parsed = schema.safeParse(withoutLengths(input, 0), IN_OUR_WORDS);
    if (!parsed.success) return parsed; // It names the mapping, whose type is still wrong.
    throw error;
  }
}

/** The input without members named `length` or `size` that are neither texts nor numbers. */
function withoutLengths(value: unknown, depth: number): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (depth > MAX_DEPTH) return null;
  if (Array.isArray(value)) return value.map((item) => withoutLengths(item, depth + 1));
  const kept = Object.entries(value).filter(
    ([name, member]) => (name !== 'length' && name !== 'size') || typeof member !== 'object',
  );
  return Object.fromEntries(kept.map(([name, member]) => [name, withoutLengths(member, depth + 1)]));
}
