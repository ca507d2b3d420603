// Bytes of a log: joined, and cut where no line and no character is torn. Pure.

export function joined(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

const LINE_END = 0x0a;

/** Where the last line begins: behind the last line end, or 0. */
export function lastLineStart(bytes: Uint8Array): number {
  return bytes.lastIndexOf(LINE_END) + 1;
}

/** The offsets at which lines begin, 0 among them unless there are no bytes. */
export function lineStarts(bytes: Uint8Array): number[] {
  const starts: number[] = [];
  for (let at = 0; at < bytes.length;) {
    starts.push(at);
    const end = bytes.indexOf(LINE_END, at);
    if (end === -1) break;
    at = end + 1;
  }
  return starts;
}

/** Cuts into parts of about `size` bytes, behind line ends where there are any, else between characters. */
export function cutInto(bytes: Uint8Array, size: number): Uint8Array[] {
  const parts: Uint8Array[] = [];
  let rest = bytes;
  while (rest.length > size) {
    const atLine = lastLineStart(rest.subarray(0, size));
    const cut = atLine > 0 ? atLine : characterStart(rest, size);
    parts.push(rest.subarray(0, cut));
    rest = rest.subarray(cut);
  }
  if (rest.length > 0) parts.push(rest);
  return parts;
}

/** The offset at or shortly before `at` where a character of UTF-8 begins. */
function characterStart(bytes: Uint8Array, at: number): number {
  for (let back = 0; back < 4; back += 1) if (((bytes[at - back] ?? 0) & 0xc0) !== 0x80) return at - back;
  return at; // No UTF-8 at all.
}
