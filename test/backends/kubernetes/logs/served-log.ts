// A pod's log as a kubelet keeps and serves it: entries in the order of writing, of the newest file, from a second on.

/** A line, or a part of one: what the program wrote at a time. */
interface Entry {
  readonly at: bigint;
  readonly text: string;
}

const MS = 1_000_000n;
const SECOND = 1_000_000_000n;

export class ServedPodLog {
  /** All that was printed, kept or not. */
  printed = '';
  /** How many bytes of it are in no file that is served. */
  gone = 0;
  #entries: Entry[] = [];

  /** `at`: nanoseconds since the epoch. Without a line end the line goes on with the next entry. */
  print(at: bigint, text: string): void {
    this.printed += text;
    for (const part of text.match(/[^\n]*\n|[^\n]+/g) ?? []) this.#entries.push({ at, text: part });
  }

  /** A new file; the old one is shown no more. */
  rotate(): void {
    this.#entries = [];
    this.gone = Buffer.byteLength(this.printed);
  }

  /** The body of the answer with timestamps, from this second on, at most so many bytes of it. */
  body(sinceS = 0, limitBytes = Infinity): Buffer {
    const from = BigInt(sinceS) * SECOND;
    let body = '';
    let isAtStart = true;
    for (const { at, text } of this.#entries) {
      if (at >= from) body += isAtStart ? `${stampOf(at)} ${text}` : text;
      isAtStart = text.endsWith('\n');
    }
    return Buffer.from(body).subarray(0, limitBytes);
  }
}

function stampOf(at: bigint): string {
  const second = new Date(Number(at / MS)).toISOString().slice(0, 19);
  return `${second}.${String(at % SECOND).padStart(9, '0')}Z`;
}
