// Values of plots as words, and a round number that is no less than the greatest of them.
import { duration } from '../../cli/show/duration';
import type { Unit } from './plots-of';

/** Seconds that people call a round number. */
const ROUND_SECONDS = [
  1, 2, 4, 6, 10, 20, 30, 60, 120, 240, 360, 600, 900, 1_200, 1_800, 3_600, 7_200, 10_800, 14_400, 21_600,
  28_800, 43_200,
];
/** Half of each is a number that people like, too. */
const ROUND = [1, 2, 3, 4, 5, 6, 8, 10];
const FEW_JOBS = [2, 4, 6, 8, 10];
const DAY_S = 86_400;

export function roundTop(value: number, unit: Unit): number {
  if (unit === 'jobs' && value <= 10) return FEW_JOBS.find((round) => round >= value) ?? 10;
  if (unit !== 'seconds') return roundNumber(value);
  return ROUND_SECONDS.find((round) => round >= value) ?? roundNumber(Math.max(1, value / DAY_S)) * DAY_S;
}

function roundNumber(value: number): number {
  if (value <= 0) return 1;
  const power = 10 ** Math.floor(Math.log10(value));
  return (ROUND.find((step) => step * power >= value) ?? 10) * power;
}

/** `12.5 h`, `$0.034`, `2 min 14 s`, `3 jobs`. */
export function inWords(value: number, unit: Unit): string {
  switch (unit) {
    case 'hours':
      return `${digits(value)} h`;
    case 'dollars':
      return `$${digits(value)}`;
    case 'seconds':
      return duration(value * 1000);
    case 'jobs':
      return `${digits(value)} ${value === 1 ? 'job' : 'jobs'}`;
  }
}

/** Three that count: a local job costs a thousandth of a cent, and a month of a cluster thousands of dollars. */
function digits(value: number): string {
  const most = value >= 100 || value === 0 ? 0 : Math.min(8, 2 - Math.floor(Math.log10(value)));
  return value.toLocaleString('en-US', { maximumFractionDigits: most });
}
