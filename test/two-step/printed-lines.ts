// The log of one execution: whole lines, each stamped with the second in which it ended, so that many lines share a
// stamp.
import type { LogLine } from './two-step-api';

const LINE_END = '\n'.charCodeAt(0);

export class PrintedLines {
  readonly #lines: LogLine[] = [];
  #unfinished = Buffer.alloc(0);

  /** `now`: epoch milliseconds. */
  print(bytes: Buffer, now: number): void {
    let rest = Buffer.concat([this.#unfinished, bytes]);
    for (let end = rest.indexOf(LINE_END); end !== -1; end = rest.indexOf(LINE_END)) {
      this.#add(rest.subarray(0, end + 1), now);
      rest = rest.subarray(end + 1);
    }
    this.#unfinished = rest;
  }

  /** The program has ended. Text without a line's end is a line too. */
  end(now: number): void {
    if (this.#unfinished.length > 0) this.#add(this.#unfinished, now);
    this.#unfinished = Buffer.alloc(0);
  }

  since(atS: number): readonly LogLine[] {
    return this.#lines.filter((line) => line.atS >= atS);
  }

  #add(bytes: Buffer, now: number): void {
    this.#lines.push({ atS: Math.floor(now / 1000), text: bytes.toString('utf8') });
  }
}
