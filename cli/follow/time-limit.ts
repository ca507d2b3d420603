// A signal that is aborted when the time is up, when another one is, or when it is no longer needed.

export class TimeLimitError extends Error {
  override name = 'TimeLimitError';
}

/**
 * `ms` undefined: no limit of its own. `dispose` also ends what still waits by the signal, so that nothing keeps the
 * process.
 */
export function withTimeLimit(
  signal: AbortSignal,
  ms: number | undefined,
): { readonly signal: AbortSignal; readonly dispose: () => void } {
  const own = new AbortController();
  const timer =
    ms === undefined ? undefined : setTimeout(() => own.abort(new TimeLimitError('The time is up.')), ms);
  return {
    signal: AbortSignal.any([signal, own.signal]),
    dispose: () => {
      clearTimeout(timer);
      own.abort();
    },
  };
}
