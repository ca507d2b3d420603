// Quantities as Kubernetes writes them: "500m", "4", "112Gi".

const SUFFIXES: Readonly<Record<string, number>> = {
  n: 1e-9,
  u: 1e-6,
  m: 1e-3,
  '': 1,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  P: 1e15,
  E: 1e18,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
  Pi: 2 ** 50,
  Ei: 2 ** 60,
};

const QUANTITY = /^([+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)([A-Za-z]*)$/;

/** In the resource's own unit: cores, bytes, GPUs. @throws RangeError for what is no quantity. */
export function quantity(text: string | number): number {
  const [, digits, suffix = ''] = QUANTITY.exec(String(text)) ?? [];
  const scale = SUFFIXES[suffix];
  if (digits === undefined || scale === undefined)
    throw new RangeError(`${JSON.stringify(text)} is no quantity: it must be like 500m, 4 or 112Gi.`);
  return Number(digits) * scale;
}

/** Amounts by the resource's name, in its own unit. */
export type Amounts = Readonly<Record<string, number>>;

/** Reads a list such as `resources.requests`. */
export function amounts(list: Readonly<Record<string, string | number>> | undefined): Amounts {
  return Object.fromEntries(Object.entries(list ?? {}).map(([name, text]) => [name, quantity(text)]));
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
