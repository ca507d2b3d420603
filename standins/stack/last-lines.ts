// The last lines that a process wrote, which a report of its death quotes.

/** How many lines a report quotes: enough for a stack trace with its message. */
const KEPT = 40;

export class LastLines {
  readonly #lines: string[] = [];

  add(line: string): void {
    this.#lines.push(line);
    if (this.#lines.length > KEPT) this.#lines.shift();
  }

  /** Oldest first. */
  toArray(): readonly string[] {
    return [...this.#lines];
  }
}
