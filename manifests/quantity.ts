// Kubernetes quantities (`500m`, `1.5Gi`, `2e3`), read and written exactly.

const BINARY = ['Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei'];
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
const QUANTITY = /^\+?(\d*)(?:\.(\d*))?(Ki|Mi|Gi|Ti|Pi|Ei|[eE][+-]?\d{1,2}|[numkMGTPE]?)$/;
/** No computer has a quantity with more characters. The bound keeps the arithmetic small. */
const MAX_CHARACTERS = 64;

/** Billionths: Kubernetes keeps nothing finer, and rounds up to it. */
const NANOS = 9;

/**
 * The quantity in billionths; undefined for what is none, negative ones included. A number is read as it is written.
 */
export function parseQuantity(written: string | number): bigint | undefined {
  const text = String(written);
  const [, whole = '', fraction = '', suffix = ''] =
    text.length > MAX_CHARACTERS ? [] : (QUANTITY.exec(text) ?? []);
  if (whole === '' && fraction === '') return undefined;
  const digits = BigInt(whole + fraction);
  const binary = BINARY.indexOf(suffix);
  const factor = binary === -1 ? 1n : 1024n ** BigInt(binary + 1);
  return scaled(digits * factor, NANOS - fraction.length + (binary === -1 ? exponentOf(suffix) : 0));
}

function exponentOf(suffix: string): number {
  return DECIMAL[suffix] ?? Number(suffix.slice(1));
}

/** `value` × 10^`exponent`, rounded up. */
function scaled(value: bigint, exponent: number): bigint {
  return exponent >= 0 ? value * 10n ** BigInt(exponent) : dividedUp(value, 10n ** BigInt(-exponent));
}

function dividedUp(value: bigint, by: bigint): bigint {
  return (value + by - 1n) / by;
}

/** CPU cores of a quantity in billionths. */
export function coresOf(nanos: bigint): number {
  return Number(nanos) / 1e9;
}

/** GB (10^9 bytes) of a quantity of bytes in billionths; parts of a byte are rounded up. */
export function gigabytesOf(nanos: bigint): number {
  return Number(dividedUp(nanos, 10n ** BigInt(NANOS))) / 1e9;
}

/** CPU cores as a quantity. Kubernetes takes nothing finer than a thousandth: rounded up to it. */
export function coresQuantity(cores: number): string {
  const nearest = Math.round(cores * 1000);
  const milli = Math.abs(nearest - cores * 1000) < 1e-6 ? nearest : Math.ceil(cores * 1000);
  return milli % 1000 === 0 ? String(milli / 1000) : `${milli}m`;
}

/** GB (10^9 bytes) as a quantity, exact to the byte and as short as it can be. */
export function memoryQuantity(gigabytes: number): string {
  const bytes = BigInt(Math.round(gigabytes * 1e9));
  const units: readonly (readonly [string, bigint])[] = [
    ['Gi', 1024n ** 3n],
    ['G', 10n ** 9n],
    ['Mi', 1024n ** 2n],
    ['M', 10n ** 6n],
    ['Ki', 1024n],
    ['k', 1000n],
  ];
  const unit = units.find(([, size]) => bytes % size === 0n);
  return unit === undefined ? String(bytes) : `${bytes / unit[1]}${unit[0]}`;
}
