// Instants as .NET keeps them, in ticks of 100 ns, written without trailing zeros.

/** Ticks of 100 ns since the Unix epoch. */
export type Instant = bigint;

/** 10,000 ticks make a millisecond. */
export const TICKS_PER_MS = 10_000n;

const TEXT = /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2})(?:\.(\d{1,7})\d*)?(Z|[+-]\d{2}:\d{2})?$/;

/** Reads an ISO 8601 date and time, in UTC unless it names an offset. Throws a RangeError for any other text. */
export function parseInstant(text: string): Instant {
  const known = parsed.get(text);
  if (known !== undefined) return known;
  const instant = read(text);
  if (parsed.size >= MAX_PARSED) parsed.clear();
  parsed.set(text, instant);
  return instant;
}

/** Instants by their texts, because a replay reads all timestamps of the history again each time. */
const parsed = new Map<string, Instant>();
const MAX_PARSED = 5_000;

function read(text: string): Instant {
  const parts = TEXT.exec(text);
  const ms = parts === null ? NaN : Date.parse(`${parts[1] ?? ''}${parts[3] ?? 'Z'}`);
  if (Number.isNaN(ms)) throw new RangeError(`"${text}" is no ISO 8601 date and time.`);
  return BigInt(ms) * TICKS_PER_MS + BigInt((parts?.[2] ?? '').padEnd(7, '0'));
}

/** The text of an instant in UTC, for example `2026-01-02T03:04:05.6Z`: up to seven digits, none for a whole second. */
export function formatInstant(instant: Instant): string {
  const second = instant - (((instant % 10_000_000n) + 10_000_000n) % 10_000_000n);
  const fraction = (instant - second).toString().padStart(7, '0').replace(/0+$/, '');
  const seconds = new Date(Number(second / TICKS_PER_MS)).toISOString().slice(0, 19);
  return `${seconds}${fraction === '' ? '' : `.${fraction}`}Z`;
}

/** The last whole second, as the management API writes times. */
export function formatSecond(text: string): string {
  return `${text.slice(0, 19)}Z`;
}

/** Milliseconds since the Unix epoch, with the fraction that a number can hold. */
export function millisecondsOf(instant: Instant): number {
  return Number(instant / TICKS_PER_MS) + Number(instant % TICKS_PER_MS) / Number(TICKS_PER_MS);
}
