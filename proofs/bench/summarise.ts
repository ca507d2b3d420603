// Reduces many numbers to a few.

export interface Summary {
  readonly shortest: number;
  readonly median: number;
  readonly longest: number;
}

/** Throws if there are no values. */
export function summarise(values: readonly number[]): Summary {
  const sorted = values.toSorted((one, other) => one - other);
  const [shortest] = sorted;
  const median = sorted[Math.floor((sorted.length - 1) / 2)];
  const longest = sorted.at(-1);
  if (shortest === undefined || median === undefined || longest === undefined)
    throw new Error('Nothing was measured.');
  return { shortest, median, longest };
}
