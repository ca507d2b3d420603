// JSON in a blob: written for people as well, read back through its schema.
import type { z } from 'zod';

import { messageOf, TerminalError } from '../../domain/errors';
import { parseUntrusted } from '../../domain/parse/parse-untrusted';

export function jsonBytes(value: unknown): Buffer {
  return Buffer.from(`${JSON.stringify(value, undefined, 2)}\n`);
}

/**
 * @throws TerminalError when the blob is not what `schema` describes; the text names `blob`, never its content, which
 * may be secret.
 */
export function parseJsonBlob<T>(schema: z.ZodType<T>, bytes: Buffer, blob: string): T {
  const unreadable = (why: string): TerminalError =>
    new TerminalError(`Blob ${blob} is not one that this version understands: ${why}`, { blob });
  let value: unknown;
  try {
    value = JSON.parse(bytes.toString('utf8'));
  } catch (thrown) {
    // The parser's own message may quote the content.
    throw unreadable(thrown instanceof SyntaxError ? 'it is not JSON' : messageOf(thrown));
  }
  const parsed = parseUntrusted(schema, value);
  if (parsed.success) return parsed.data;
  throw unreadable(
    parsed.error.issues.map((issue) => `${issue.path.join('/')}: ${issue.message}`).join('; '),
  );
}
