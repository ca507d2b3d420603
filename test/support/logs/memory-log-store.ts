// A platform's store of logs in memory: rows come when the test adds them, and are read a few at a time.
import type { LogStore, StoredLine, StoredPortion, StoredRun } from '../../../domain/ports/log-store';

export class MemoryLogStore implements LogStore {
  rows: StoredLine[] = [];
  /** Instants whose rows one portion holds. */
  instantsAPortion = 3;
  /** What each question meets. It may throw, or change rows. */
  meanwhile: (asked: 'count' | 'read') => void = () => undefined;
  readonly asked: string[] = [];

  /** Adds a row for each line, an instant each from this one on. */
  print(from: number, ...lines: readonly string[]): void {
    lines.forEach((text, index) => this.add(from + index, text));
  }

  add(at: number, text: string): void {
    this.rows.push({ at: String(at).padStart(9, '0'), stream: 'stdout', text });
  }

  async count({ run }: StoredRun): Promise<number> {
    this.asked.push(`count ${run}`);
    this.meanwhile('count');
    return Promise.resolve(this.rows.length);
  }

  async read({ run }: StoredRun, after: string | undefined): Promise<StoredPortion> {
    this.asked.push(`read ${run} ${after ?? ''}`.trim());
    this.meanwhile('read');
    const later = this.rows
      .filter(({ at }) => after === undefined || at > after)
      .sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
    const instants = [...new Set(later.map(({ at }) => at))];
    const last = instants[this.instantsAPortion - 1];
    const lines = last === undefined ? later : later.filter(({ at }) => at <= last);
    return Promise.resolve({ lines, hasMore: lines.length < later.length });
  }
}
