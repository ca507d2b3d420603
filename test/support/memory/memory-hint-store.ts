// HintStore in memory, for tests and simulations: each call is one step.
import { TerminalError } from '../../../domain/errors';
import type { HintStore, JobPage, WaitingHint } from '../../../domain/hint-store';
import { step } from './step';

export class MemoryHintStore implements HintStore {
  readonly #waiting = new Map<string, WaitingHint>();
  readonly #index = new Set<string>();
  /** Newest first once sorted: the key begins with the inverted instant. */
  readonly #byTime = new Map<string, { readonly jobId: string; readonly submittedAt: number }>();

  addWaiting(hint: WaitingHint): Promise<void> {
    return step(() => void this.#waiting.set(hint.key, { ...hint }));
  }

  listWaiting(): Promise<readonly WaitingHint[]> {
    return step(() => [...this.#waiting.values()].sort((a, b) => (a.key < b.key ? -1 : 1)));
  }

  removeWaiting(key: string): Promise<void> {
    return step(() => void this.#waiting.delete(key));
  }

  addJob(jobId: string, submittedAt: number): Promise<void> {
    return step(() => {
      this.#index.add(jobId);
      this.#byTime.set(`${99_999_999_999_999 - submittedAt}-${jobId}`, { jobId, submittedAt });
    });
  }

  listUnfinished(): Promise<readonly string[]> {
    return step(() => [...this.#index].sort());
  }

  removeUnfinished(jobId: string): Promise<void> {
    return step(() => void this.#index.delete(jobId));
  }

  listByTime(limit: number, continuation = ''): Promise<JobPage> {
    return step(() => {
      if (!Number.isInteger(limit) || limit < 1) throw new TerminalError(`No page of ${limit} jobs`);
      if (!/^(\d{14}-[0-9a-z]+)?$/.test(continuation))
        throw new TerminalError(`"${continuation}" is no continuation of a list of jobs`);
      const after = [...this.#byTime].sort().filter(([key]) => key > continuation);
      const page = after.slice(0, Math.min(limit, 1_000));
      const last = page.at(-1);
      return {
        jobIds: page.map(([, job]) => job),
        ...(after.length > page.length && last !== undefined ? { continuation: last[0] } : {}),
      };
    });
  }
}
