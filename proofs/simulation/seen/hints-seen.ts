// Watches which hints exist. None is left when a run is at rest.
import type { HintStore } from '../../../domain/ports/hint-store';
import type { RowsSeen } from './rows-seen';

export class HintsSeen {
  readonly #waiting = new Map<string, string>();
  readonly #index = new Set<string>();
  readonly #rows: RowsSeen;
  readonly #onRequeue: () => Promise<void>;

  /** `onRequeue` is called between the hint of a next attempt and the row that it leads to. The writer waits for it. */
  constructor(rows: RowsSeen, onRequeue: () => Promise<void>) {
    this.#rows = rows;
    this.#onRequeue = onRequeue;
  }

  /** The same store, watched. */
  watch(store: HintStore): HintStore {
    return {
      addWaiting: async (hint) => {
        await store.addWaiting(hint);
        this.#waiting.set(hint.key, hint.jobId);
        if (hint.attempt > 1) await this.#onRequeue();
      },
      listWaiting: () => store.listWaiting(),
      removeWaiting: async (key) => {
        await store.removeWaiting(key);
        this.#waiting.delete(key);
      },
      addJob: async (jobId) => {
        await store.addJob(jobId);
        this.#index.add(jobId);
      },
      listUnfinished: () => store.listUnfinished(),
      removeUnfinished: async (jobId) => {
        await store.removeUnfinished(jobId);
        this.#index.delete(jobId);
      },
      // It is only about submissions without a row, which are not counted here.
      removeUnfinishedWrittenBefore: (jobId, instant) => store.removeUnfinishedWrittenBefore(jobId, instant),
    };
  }

  /** Whether no hint is left, except those whose job never came, which are kept for a day. */
  isEmpty(): boolean {
    return ![...this.#waiting.values(), ...this.#index].some((jobId) => this.#rows.job(jobId) !== undefined);
  }
}
