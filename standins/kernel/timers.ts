// Timers. They are injected wherever something waits, so that a simulation decides when the wait is over.

/** A pending call. Cancelling one that has run, or twice, does nothing. */
export interface Timer {
  cancel(): void;
}

export interface Timers {
  /** Calls `run` once, `delayMs` from now (at once if 0 or less), and never before this call has returned. */
  after(delayMs: number, run: () => void): Timer;
}

/** The longest delay of Node's setTimeout (2^31 - 1 ms, 24.8 days). It fires at once for a longer one. */
const MAX_TIMEOUT_MS = 2_147_483_647;

/** The machine's own timers, of any length. They keep the process alive until they fire or are cancelled. */
export const systemTimers: Timers = {
  after: (delayMs, run) => {
    const dueAt = performance.now() + delayMs;
    const hop = (): NodeJS.Timeout => {
      const left = dueAt - performance.now();
      return left > MAX_TIMEOUT_MS
        ? setTimeout(() => (handle = hop()), MAX_TIMEOUT_MS)
        : setTimeout(run, Math.max(0, left));
    };
    let handle = hop();
    return { cancel: () => clearTimeout(handle) };
  },
};
