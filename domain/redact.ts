// Takes literal secrets out of what is kept of a refused message.

const REDACTED = '[redacted]';

/** What looks like a secure value in a text that is almost JSON; one that never ends counts too. */
const SECURE_TEXT = /("secure"\s*:\s*")(?:[^"\\]|\\.)*/g;

/** The bytes with each `secure` value in them redacted, also in bytes that are not quite JSON; other bytes are kept as they are. */
export function redacted(bytes: Buffer): Buffer {
  try {
    const parsed: unknown = JSON.parse(bytes.toString('utf8'));
    return Buffer.from(JSON.stringify(redactedValue(parsed)));
  } catch {
    const text = bytes.toString('utf8'); // Not JSON, by a comma perhaps.
    return text.includes('"secure"') ? Buffer.from(text.replace(SECURE_TEXT, `$1${REDACTED}`)) : bytes;
  }
}

/** A copy of a JSON value with each `secure` value in it redacted; what is none is null. */
export function redactedValue(value: unknown): unknown {
  const text = JSON.stringify(value, (key, member: unknown) => (key === 'secure' ? REDACTED : member)) as
    string | undefined;
  return text === undefined ? null : JSON.parse(text);
}
