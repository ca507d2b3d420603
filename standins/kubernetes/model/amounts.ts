// Amounts of resources, for sums and comparisons.
import { milliOf } from '../schema/quantity';

/** Amounts by the resource's name, in its own unit: cores, bytes, GPUs. */
export type Amounts = Readonly<Record<string, number>>;

/** Reads a list such as `resources.requests`. @throws RangeError for what is no quantity. */
export function amounts(list: Readonly<Record<string, string | number>> | undefined): Amounts {
  return Object.fromEntries(
    Object.entries(list ?? {}).map(([name, text]) => {
      const milli = milliOf(String(text));
      if (milli === undefined)
        throw new RangeError(`${name} is ${JSON.stringify(text)}: it must be like 500m, 4 or 112Gi.`);
      return [name, Number(milli) / 1_000];
    }),
  );
}

/** For each resource what `combine` makes of both amounts; what a list lacks is 0. */
export function combined(a: Amounts, b: Amounts, combine: (x: number, y: number) => number): Amounts {
  return Object.fromEntries(
    [...new Set([...Object.keys(a), ...Object.keys(b)])].map((name) => [
      name,
      combine(a[name] ?? 0, b[name] ?? 0),
    ]),
  );
}
