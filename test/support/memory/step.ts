// One call of an in-memory store: done at once, and answered like one that had to be awaited.

/** Runs `act` now. The promise rejects with what it throws. */
export function step<T>(act: () => T): Promise<T> {
  try {
    return Promise.resolve(act());
  } catch (thrown) {
    return Promise.reject(thrown instanceof Error ? thrown : new Error(String(thrown)));
  }
}
