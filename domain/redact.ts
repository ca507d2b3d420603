// Takes literal secrets out of what is kept of a refused message.

const REDACTED = '[redacted]';

/** The bytes with each `secure` value in them redacted; bytes that are no JSON are kept as they are. */
export function redacted(bytes: Buffer): Buffer {
  try {
    const parsed: unknown = JSON.parse(bytes.toString('utf8'));
    return Buffer.from(JSON.stringify(redactedValue(parsed)));
  } catch {
    return bytes; // Not JSON: there is no field to redact.
  }
}

/** A copy of a JSON value with each `secure` value in it redacted; what is none is null. */
export function redactedValue(value: unknown): unknown {
  const text = JSON.stringify(value, (key, member: unknown) => (key === 'secure' ? REDACTED : member)) as
    string | undefined;
  return text === undefined ? null : JSON.parse(text);
}
