// Keeps real time out of a run. AbortSignal.timeout counts the machine's milliseconds, so on a slow machine it would
// cut off what virtual time allows.

/**
 * Runs with an AbortSignal.timeout that never aborts, then puts the real one back. The clients' limits are simulated
 * where requests are answered (cloud/arm.ts). Runs must not overlap in one process.
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
