// How much of something is taken: a bar, and the same in words.
import type { JSX } from 'preact';

interface MeterProps {
  readonly label: string;
  readonly used: number;
  readonly limit: number;
  /** Such as ` cores`. */
  readonly unit?: string;
}

const ALMOST = 90;

export function Meter({ label, used, limit, unit = '' }: MeterProps): JSX.Element {
  const percent = limit <= 0 ? 100 : Math.min(100, (used / limit) * 100);
  return (
    <div class="meter">
      <span>{label}</span>
      <span class="gauge" aria-hidden="true">
        <span class={percent >= ALMOST ? 'full' : ''} style={{ width: `${percent}%` }} />
      </span>
      <span class="numbers">
        {number(used)} of {number(limit)}
        {unit}
      </span>
    </div>
  );
}

function number(value: number): string {
  return value.toLocaleString('en-US', { maximumFractionDigits: 2 });
}
