// Keeps real time out of a run: AbortSignal.timeout counts the machine's milliseconds, and a slow machine would cut
// what virtual time allows.

/**
 * Runs with an AbortSignal.timeout that never aborts, and puts the real one back. The limits of the clients are
 * simulated where requests are answered (cloud/arm.ts). Runs must not overlap in one process.
 */
export async function withoutRealLimits<T>(run: () => Promise<T>): Promise<T> {
  const real = AbortSignal.timeout.bind(AbortSignal);
  AbortSignal.timeout = () => new AbortController().signal;
  try {
    return await run();
  } finally {
    AbortSignal.timeout = real;
  }
}
