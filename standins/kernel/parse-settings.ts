// Parses environment variables by a schema, and says what is wrong with one in words that follow its name and value.
import type { z } from 'zod';

/** Like `safeParse`. Each issue's message is a predicate: "must be at most 65535". */
export function parseSettings<Schema extends z.ZodType>(
  schema: Schema,
  environment: Readonly<Record<string, string | undefined>>,
): z.ZodSafeParseResult<z.output<Schema>> {
  return schema.safeParse(environment, { error: objection });
}

/** Our own words; undefined leaves them to the schema's error and to zod. */
function objection(issue: z.core.$ZodRawIssue): string | undefined {
  if (issue.code === 'invalid_type')
    return issue.expected === 'string' ? undefined : 'must be a whole number';
  if (issue.code === 'too_small')
    return issue.origin === 'string' ? 'must not be empty' : `must be at least ${issue.minimum}`;
  if (issue.code === 'too_big') return `must be at most ${issue.maximum}`;
  if (issue.code === 'invalid_value')
    return `must be one of ${issue.values.map((value) => JSON.stringify(value)).join(', ')}`;
  return undefined;
}
