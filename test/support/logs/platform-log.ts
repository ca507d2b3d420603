// A container's log on a platform that stamps each line with a time and shows the log from a second on.

interface StampedLine {
  /** RFC 3339, UTC, all with the same number of digits, so that they compare as texts. */
  readonly time: string;
  /** With its line end, unless the program has not printed it yet. */
  readonly text: Buffer;
}

export interface ShownLog {
  /** Names one start of the container. */
  readonly incarnation: string;
  readonly lines: readonly StampedLine[];
}

export interface Keeps {
  /** Digits of a second in the times; 0: whole seconds, 9: nanoseconds. */
  readonly digits: number;
  /**
   * Beyond `most` bytes the oldest lines are dropped, as long as `least` bytes remain. A log that shows fewer than
   * `least` is whole.
   */
  readonly least: number;
  readonly most: number;
}

const MS = 1_000_000n;
const SECOND = 1_000_000_000n;

export class PlatformLog {
  readonly keeps: Keeps;
  /** All that each incarnation printed, kept or not. */
  readonly printed: Buffer[] = [Buffer.alloc(0)];
  #lines: StampedLine[] = [];

  constructor(keeps: Partial<Keeps> = {}) {
    this.keeps = { digits: 0, least: Infinity, most: Infinity, ...keeps };
  }

  /**
   * Prints at a time in nanoseconds since the epoch, which never goes back. A line that has not ended goes on at its
   * first time.
   */
  print(at: bigint, text: string): void {
    for (const part of text.match(/[^\n]*\n|[^\n]+/g) ?? []) this.#add(this.#stamp(at), Buffer.from(part));
    this.#rotate();
  }

  /** Starts the container again. The log of the start before is no longer shown. */
  restart(): void {
    this.printed.push(Buffer.alloc(0));
    this.#lines = [];
  }

  /** The lines from this time on, cut to its second; all lines without one. */
  show(since = ''): ShownLog {
    const second = since.slice(0, '2026-01-01T00:00:00'.length);
    const lines = this.#lines.filter(({ time }) => time.slice(0, second.length) >= second);
    return { incarnation: `start ${this.printed.length}`, lines };
  }

  #add(time: string, text: Buffer): void {
    const current = this.printed.length - 1;
    this.printed[current] = Buffer.concat([this.printed[current] ?? Buffer.alloc(0), text]);
    const last = this.#lines.at(-1);
    if (last === undefined || isEnded(last)) this.#lines.push({ time, text });
    else this.#lines[this.#lines.length - 1] = { time: last.time, text: Buffer.concat([last.text, text]) };
  }

  #stamp(at: bigint): string {
    const second = new Date(Number(at / MS)).toISOString().slice(0, '2026-01-01T00:00:00'.length);
    const parts = (at % SECOND).toString().padStart(9, '0').slice(0, this.keeps.digits);
    return `${second}${parts === '' ? '' : `.${parts}`}Z`;
  }

  #rotate(): void {
    let bytes = bytesOf(this.#lines);
    if (bytes <= this.keeps.most) return;
    for (;;) {
      bytes -= this.#lines[0]?.text.length ?? 0;
      if (this.#lines.length === 0 || bytes < this.keeps.least) return;
      this.#lines = this.#lines.slice(1);
    }
  }
}

export function isEnded({ text }: StampedLine): boolean {
  return text.at(-1) === '\n'.charCodeAt(0);
}

export function bytesOf(lines: readonly StampedLine[]): number {
  return lines.reduce((sum, { text }) => sum + text.length, 0);
}
