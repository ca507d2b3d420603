// Many asks, few runs: while one run goes on, all that ask share the next.

/** At most one run and one follower at a time. Whoever asks gets a run that began after asking. */
export function coalesced<T>(): (run: () => Promise<T>) => Promise<T> {
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
