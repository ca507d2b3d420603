// Runs a limited number of things at a time, the others in the order in which they came.

export interface Limit {
  /** Runs `work` as soon as fewer than the limit are running. */
  run<T>(work: () => Promise<T>): Promise<T>;
}

export function createLimit(most: number): Limit {
  if (!Number.isInteger(most) || most < 1)
    throw new RangeError(`A limit of concurrent work is a whole number from 1 on, not ${most}.`);
  let running = 0;
  const waiting: (() => void)[] = [];
  return {
    run: async (work) => {
      if (running >= most) await new Promise<void>((resolve) => waiting.push(resolve));
      else running++;
      try {
        return await work();
      } finally {
        // The place goes straight to the next in line, so that no later one overtakes.
        const next = waiting.shift();
        if (next === undefined) running--;
        else next();
      }
    },
  };
}
