// A pod's log as a kubelet keeps and serves it: files in the order of writing, the newest one shown, from a second on.

interface Line {
  readonly at: bigint;
  readonly text: string;
}

const MS = 1_000_000n;
const SECOND = 1_000_000_000n;

export class ServedPodLog {
  /** All that was printed, kept or not. */
  printed = '';
  #lines: Line[] = [];

  /** `at`: nanoseconds since the epoch. Without a line end the line goes on, at its first time. */
  print(at: bigint, text: string): void {
    this.printed += text;
    for (const part of text.match(/[^\n]*\n|[^\n]+/g) ?? []) {
      const last = this.#lines.at(-1);
      if (last === undefined || last.text.endsWith('\n')) this.#lines.push({ at, text: part });
      else this.#lines[this.#lines.length - 1] = { at: last.at, text: last.text + part };
    }
  }

  /** A new file; the old one is shown no more. */
  rotate(): void {
    this.#lines = [];
  }

  /** The body of the answer with timestamps, from this second on. */
  body(sinceS = 0): Buffer {
    const from = BigInt(sinceS) * SECOND;
    const shown = this.#lines.filter(({ at }) => at >= from);
    return Buffer.from(shown.map(({ at, text }) => `${stampOf(at)} ${text}`).join(''));
  }
}

function stampOf(at: bigint): string {
  const second = new Date(Number(at / MS)).toISOString().slice(0, 19);
  return `${second}.${String(at % SECOND).padStart(9, '0')}Z`;
}
