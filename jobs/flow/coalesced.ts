// Many calls, few runs: all calls that come during one run share the next.

/** At most one run goes on and one waits. Every call gets a run that began after the call. */
export function createCoalescer<T>(): (run: () => Promise<T>) => Promise<T> {
  let running: Promise<T> | undefined;
  let next: Promise<T> | undefined;
  const start = (run: () => Promise<T>): Promise<T> => {
    running = run().finally(() => {
      running = undefined;
    });
    return running;
  };
  return (run) => {
    if (running === undefined) return start(run);
    next ??= running
      .catch(() => undefined) // Its own askers are told.
      .then(() => {
        next = undefined;
        return start(run);
      });
    return next;
  };
}
