// Amounts of resources as Kubernetes writes them: `500m`, `2`, `4Gi`, `1e3`.

/** Thousandths, so that every amount in use is a whole number. */
const MILLI = 1000n;

const BINARY: Readonly<Record<string, bigint>> = {
  Ki: 2n ** 10n,
  Mi: 2n ** 20n,
  Gi: 2n ** 30n,
  Ti: 2n ** 40n,
  Pi: 2n ** 50n,
  Ei: 2n ** 60n,
};

/** Powers of ten. */
const DECIMAL: Readonly<Record<string, number>> = {
  n: -9,
  u: -6,
  m: -3,
  '': 0,
  k: 3,
  M: 6,
  G: 9,
  T: 12,
  P: 15,
  E: 18,
};

const PATTERN = /^([+-]?)(\d*)(?:\.(\d*))?([KMGTPE]i|[numkMGTPE]|[eE][+-]?\d+)?$/;

/** In thousandths, rounded away from zero as the API does; undefined for what is no quantity. */
export function milliOf(text: string): bigint | undefined {
  const [whole, sign, integer = '', fraction = '', suffix = ''] = PATTERN.exec(text) ?? [];
  if (whole === undefined || integer + fraction === '') return undefined;
  const digits = BigInt(integer + fraction);
  const binary = BINARY[suffix];
  const exponent = binary === undefined ? (DECIMAL[suffix] ?? Number(suffix.slice(1))) : 0;
  const power = exponent - fraction.length + 3;
  if (!Number.isSafeInteger(power) || Math.abs(power) > 60) return undefined;
  const scaled = digits * (binary ?? 1n);
  const magnitude = power >= 0 ? scaled * 10n ** BigInt(power) : ceilDiv(scaled, 10n ** BigInt(-power));
  return sign === '-' ? -magnitude : magnitude;
}

function ceilDiv(value: bigint, by: bigint): bigint {
  return (value + by - 1n) / by;
}

/**
 * As the server writes it back: a binary amount keeps the largest binary unit that leaves a whole number, any other the
 * largest decimal one. Text that is no quantity comes back as it is.
 */
export function canonicalQuantity(text: string): string {
  const milli = milliOf(text);
  if (milli === undefined) return text;
  if (milli === 0n) return '0';
  const binary = /[KMGTPE]i$/.test(text);
  if (binary && milli % MILLI === 0n) {
    const value = milli / MILLI;
    const [unit, factor] =
      Object.entries(BINARY)
        .reverse()
        .find(([, size]) => value % size === 0n) ?? [];
    return unit === undefined || factor === undefined ? String(value) : `${value / factor}${unit}`;
  }
  if (milli % MILLI !== 0n) return `${milli}m`;
  const value = milli / MILLI;
  for (const suffix of ['E', 'P', 'T', 'G', 'M', 'k']) {
    const size = 10n ** BigInt(DECIMAL[suffix] ?? 0);
    if (value % size === 0n) return `${value / size}${suffix}`;
  }
  return String(value);
}
