// The ids and open tasks of one replay: one counter, and what was asked for and is not in the history yet.
import type { Decision } from '../step/decision';
import { NonDeterminism } from '../worker/failure';
import { createPendingSource, type Pending, type PendingSource } from '../worker/pending';
import { contradiction, type RecordedDecision } from './non-determinism';

export class ActionIds {
  #next = 0;
  #asked = new Map<number, Decision>();
  #held = new Map<number, Decision>();
  readonly #open = new Map<number, PendingSource<unknown>>();

  /** Takes the next id. Ids must be taken when a call is made, never earlier, or histories no longer fit. */
  take(): number {
    return this.#next++;
  }

  /** Remembers a decision until the history confirms it. Decisions that are left at the end are new. */
  ask(decision: Decision): void {
    this.#asked.set(decision.id, decision);
  }

  /** Opens a task. The orchestration can't end until it settles. */
  open(id: number): Pending<unknown> {
    const source = createPendingSource<unknown>();
    this.#open.set(id, source);
    return source;
  }

  get hasOpenTasks(): boolean {
    return this.#open.size > 0;
  }

  /** Settles the task `id`. A second answer, or one for no task, is ignored. */
  settle(id: number, error?: Error): void {
    const source = this.#open.get(id);
    this.#open.delete(id);
    source?.settle(
      error === undefined ? { kind: 'completed', value: undefined } : { kind: 'faulted', error },
    );
  }

  /**
   * Cancels the task `id` if it is still open. The orchestration may then end without it, but what was asked for stays
   * asked for.
   */
  cancel(id: number): void {
    const source = this.#open.get(id);
    this.#open.delete(id);
    source?.settle({ kind: 'canceled' });
  }

  /** The history shows a decision. Throws NonDeterminism if this replay has made another one, or none. */
  confirm(event: RecordedDecision): void {
    const detail = contradiction(event, this.#asked.get(event.EventId));
    if (detail !== undefined) throw new NonDeterminism(detail);
    this.#asked.delete(event.EventId);
  }

  /** Keeps back what has been asked for so far: while suspended, nothing new is sent. */
  hold(): void {
    for (const [id, decision] of this.#asked) this.#held.set(id, decision);
    this.#asked = new Map();
  }

  release(): void {
    for (const [id, decision] of this.#held) this.#asked.set(id, decision);
    this.#held = new Map();
  }

  /** The decisions that the history does not know yet, in the order of the ids. */
  unconfirmed(): Decision[] {
    return [...this.#asked.values()].sort((left, right) => left.id - right.id);
  }
}
