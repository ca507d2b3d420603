// Promises that settle at once, like .NET tasks on the orchestrator thread: everything that follows a completion has
// happened before the completing call returns. The replay depends on that order.

export type Settled<T> =
  | { readonly kind: 'completed'; readonly value: T }
  | { readonly kind: 'faulted'; readonly error: Error }
  | { readonly kind: 'canceled' };

/** Something that will settle, or has. */
export interface Pending<T> {
  readonly settled: Settled<T> | undefined;
  /** Runs `next` when this settles, in the order of the calls; at once if it has settled. */
  whenSettled(next: (outcome: Settled<T>) => void): void;
}

/** A pending that its owner settles; settling it again does nothing and answers false. */
export interface PendingSource<T> extends Pending<T> {
  settle(outcome: Settled<T>): boolean;
}

export function createPendingSource<T>(): PendingSource<T> {
  let settled: Settled<T> | undefined;
  let waiting: ((outcome: Settled<T>) => void)[] = [];
  return {
    get settled() {
      return settled;
    },
    whenSettled: (next) => {
      if (settled === undefined) waiting.push(next);
      else next(settled);
    },
    settle: (outcome) => {
      if (settled !== undefined) return false;
      settled = outcome;
      const followers = waiting;
      waiting = [];
      for (const follow of followers) follow(outcome);
      return true;
    },
  };
}

export function completed<T>(value: T): Pending<T> {
  const source = createPendingSource<T>();
  source.settle({ kind: 'completed', value });
  return source;
}

export function faulted<T>(error: Error): Pending<T> {
  const source = createPendingSource<T>();
  source.settle({ kind: 'faulted', error });
  return source;
}

/** Completes with the first of `tasks` that settles, in whatever way; with the first in order if several have. */
export function whenAny(tasks: readonly Pending<unknown>[]): Pending<unknown> {
  const source = createPendingSource<unknown>();
  for (const task of tasks) task.whenSettled(() => source.settle({ kind: 'completed', value: task }));
  return source;
}

/** Settles when all of `tasks` have: faulted if one faulted, else canceled if one was canceled. */
export function whenAll(tasks: readonly Pending<unknown>[]): Pending<unknown> {
  if (tasks.length === 0) return completed(undefined);
  const source = createPendingSource<unknown>();
  let open = tasks.length;
  for (const task of tasks)
    task.whenSettled(() => {
      open--;
      if (open > 0) return;
      const outcomes = tasks.map((each) => each.settled);
      const bad =
        outcomes.find((outcome) => outcome?.kind === 'faulted') ??
        outcomes.find((outcome) => outcome?.kind === 'canceled');
      source.settle(bad ?? { kind: 'completed', value: undefined });
    });
  return source;
}
