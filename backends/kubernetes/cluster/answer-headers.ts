// What the headers of an answer say of times. Pure.
import type { IncomingHttpHeaders } from 'node:http';

type TimeHeaders = Pick<IncomingHttpHeaders, 'date' | 'retry-after'>;

/** By the server's clock, milliseconds since the Unix epoch; undefined where it does not tell. */
export function serverTime({ date }: TimeHeaders): number | undefined {
  const time = Date.parse(date ?? '');
  return Number.isNaN(time) ? undefined : time;
}

/** Seconds, or a date by the server's own clock (RFC 9110, 10.2.3); undefined for anything else. */
export function retryAfterS(headers: TimeHeaders): number | undefined {
  const value = headers['retry-after']?.trim() ?? '';
  if (/^\d{1,9}$/.test(value)) return Number(value);
  const now = serverTime(headers);
  const until = Date.parse(value);
  return now === undefined || Number.isNaN(until) ? undefined : Math.max(0, (until - now) / 1000);
}
