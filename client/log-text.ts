// Slices of a log as text. A character may lie across two slices.

export interface LogText {
  /** The text of the next bytes; what is left of a character waits for the bytes that complete it. */
  decode(bytes: Uint8Array): string;
  /** What was waiting at the end. */
  end(): string;
}

/** UTF-8; bytes that are none become U+FFFD, as terminals show them. A byte order mark stays. */
export function createLogText(): LogText {
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  return {
    decode: (bytes) => decoder.decode(bytes, { stream: true }),
    end: () => decoder.decode(),
  };
}
