// HintStore in memory, for tests and simulations: each call is one step.
import type { HintStore, WaitingHint } from '../../../domain/ports/hint-store';
import { step } from './step';

export class MemoryHintStore implements HintStore {
  readonly #waiting = new Map<string, WaitingHint>();
  /** Each job with the time at which it was last put in. */
  readonly #index = new Map<string, number>();
  readonly #now: () => number;

  constructor(now: () => number = Date.now) {
    this.#now = now;
  }

  addWaiting(hint: WaitingHint): Promise<void> {
    return step(() => void this.#waiting.set(hint.key, { ...hint }));
  }

  listWaiting(): Promise<readonly WaitingHint[]> {
    return step(() => [...this.#waiting.values()].sort((a, b) => (a.key < b.key ? -1 : 1)));
  }

  removeWaiting(key: string): Promise<void> {
    return step(() => void this.#waiting.delete(key));
  }

  addJob(jobId: string): Promise<void> {
    return step(() => void this.#index.set(jobId, this.#now()));
  }

  listUnfinished(): Promise<readonly string[]> {
    return step(() => [...this.#index.keys()].sort());
  }

  removeUnfinished(jobId: string): Promise<void> {
    return step(() => void this.#index.delete(jobId));
  }

  removeUnfinishedWrittenBefore(jobId: string, instant: number): Promise<void> {
    return step(() => {
      if ((this.#index.get(jobId) ?? Infinity) < instant) this.#index.delete(jobId);
    });
  }
}
