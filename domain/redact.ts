// Takes literal secrets out of what is kept of a refused message.

const REDACTED = '[redacted]';

/** The bytes with each `secure` value in them redacted; bytes that are no JSON are kept as they are. */
export function redacted(bytes: Buffer): Buffer {
  try {
    const parsed: unknown = JSON.parse(bytes.toString('utf8'));
    return Buffer.from(
      JSON.stringify(parsed, (key, value: unknown) => (key === 'secure' ? REDACTED : value)),
    );
  } catch {
    return bytes; // Not JSON: there is no field to redact.
  }
}
