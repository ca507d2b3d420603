// Small things of a job in words: its GPU, its cost, its name.
import type { Cost } from '../../domain/api/jobs';

export interface GpuLike {
  readonly count: number;
  readonly sku?: string | undefined;
  readonly insteadOf?: string | undefined;
}

/** `1 × V100`, `1 × V100 (instead of K80)`, `2 × any`; `-` for none. */
export function gpuInWords(gpu: GpuLike | undefined): string {
  if (gpu === undefined) return '-';
  const instead = gpu.insteadOf === undefined ? '' : ` (instead of ${gpu.insteadOf})`;
  return `${gpu.count} × ${gpu.sku ?? 'any'}${instead}`;
}

/** `$0.0123`: four digits below a dollar, for most jobs cost cents. */
export function costInWords({ amount, currency }: Cost): string {
  const text = amount < 1 ? amount.toFixed(4) : amount.toFixed(2);
  return currency === 'USD' ? `$${text}` : `${text} ${currency}`;
}

/** `{ a: '1' }` as `a=1`. */
export function labelsInWords(labels: Readonly<Record<string, string>>): string {
  return Object.entries(labels)
    .map(([name, value]) => `${name}=${value}`)
    .join(' ');
}

/** `1 byte`, `3,141 bytes`. */
export function bytesInWords(bytes: number): string {
  return bytes === 1 ? '1 byte' : `${bytes.toLocaleString('en-US')} bytes`;
}
