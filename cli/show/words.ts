// Small things of a job in words: its GPU, its cost, its name.
import type { Cost } from '../../domain/money/cost';
import type { Resources } from '../../domain/spec/resources';

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

/** `4 cores, 28 GB of memory`. */
export function resourcesInWords({ cpu, memoryGb }: Resources): string {
  return `${cpu} ${cpu === 1 ? 'core' : 'cores'}, ${Math.round(memoryGb * 10) / 10} GB of memory`;
}

/** `$0.0123`: four digits below a dollar, for most jobs cost cents. */
export function costInWords({ amount, currency }: Cost): string {
  const text = amount < 1 ? amount.toFixed(4) : amount.toFixed(2);
  return currency === 'USD' ? `$${text}` : `${text} ${currency}`;
}

/** With how sure it is: `$0.0123 so far, estimated` while it may still grow. */
export function costOf(cost: Cost): string {
  return `${costSoFar(cost)}, estimated`;
}

/** `$0.0123 so far`, or the amount alone where that is final. */
export function costSoFar(cost: Cost): string {
  return `${costInWords(cost)}${cost.soFar === true ? ' so far' : ''}`;
}

/** `{ a: '1' }` as `a=1`. */
export function labelsInWords(labels: Readonly<Record<string, string>>): string {
  return Object.entries(labels)
    .map(([name, value]) => printable(`${name}=${value}`))
    .join(' ');
}

/** `1 byte`, `3,141 bytes`. */
export function bytesInWords(bytes: number): string {
  return bytes === 1 ? '1 byte' : `${bytes.toLocaleString('en-US')} bytes`;
}

/**
 * Untrusted text, made fit for one line of a terminal: characters that would move the cursor or end the line become
 * `\n`, `\u001b`.
 */
export function printable(text: string): string {
  return text.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]/g, (character) => {
    const escaped = JSON.stringify(character).slice(1, -1);
    return escaped === character ? `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}` : escaped;
  });
}
