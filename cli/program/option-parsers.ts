// Parsers of option values, as commander takes them: an error names the value and what is allowed.
import { InvalidArgumentError } from 'commander';

/** For an option that may be repeated. */
export function collect(value: string, before: readonly string[] | undefined): readonly string[] {
  return [...(before ?? []), value];
}

/** For an option that may be repeated, and that takes several values joined by commas. */
export function collectList(value: string, before: readonly string[] | undefined): readonly string[] {
  const items = value.split(',').map((item) => item.trim());
  if (items.includes(''))
    throw new InvalidArgumentError('It must be one value, or several joined by commas.');
  return [...(before ?? []), ...items];
}

export function wholeNumber(value: string): number {
  if (/^\d{1,15}$/.test(value)) return Number(value);
  throw new InvalidArgumentError('It must be a whole number.');
}

/** For limits, of which zero makes no sense. */
export function countingNumber(value: string): number {
  const number = wholeNumber(value);
  if (number > 0) return number;
  throw new InvalidArgumentError('It must be at least 1.');
}

export function decimalNumber(value: string): number {
  if (/^\d{1,9}(\.\d{1,9})?$/.test(value)) return Number(value);
  throw new InvalidArgumentError('It must be a number such as 4 or 1.5.');
}

const UNIT_S: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3_600, d: 86_400 };

/** Seconds of `90`, `90s`, `30m`, `12h`, `2d`. */
export function seconds(value: string): number {
  const match = /^(\d{1,9})([smhd]?)$/.exec(value);
  if (match !== null) return Number(match[1]) * (UNIT_S[match[2] ?? ''] ?? 1);
  throw new InvalidArgumentError('It must be a time such as 90s, 30m, 12h or 2d.');
}

/** Exit codes of `1,75,137`. */
export function exitCodes(value: string): readonly number[] {
  const codes = value.split(',').map((code) => (/^\d{1,3}$/.test(code.trim()) ? Number(code) : 0));
  if (codes.every((code) => code >= 1 && code <= 255)) return codes;
  throw new InvalidArgumentError('It must be exit codes from 1 to 255, such as 75,137.');
}

const END_STATES = ['Failed', 'Rejected', 'TimedOut', 'Canceled'] as const;

/** A state that a job to be submitted again ended in, in any case. */
export function endState(value: string): string {
  const state = END_STATES.find((one) => one.toLowerCase() === value.toLowerCase());
  if (state !== undefined) return state;
  throw new InvalidArgumentError(`It must be ${END_STATES.join(', ')}.`);
}
