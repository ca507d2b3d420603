// The timespan of a query, in the forms of ISO 8601 that clients send.
import { QueryFault } from './tokens';

export interface Timespan {
  /** Milliseconds since the epoch; `to` is not part of it. */
  readonly from: number;
  readonly to: number;
}

const DURATION = /^P(?=.*\d)(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?$/;

/** `P1D`, `START/END`, `START/P1D` or `P1D/END`; without one: all time. Throws a QueryFault. */
export function timespanOf(text: string | undefined, now: number): Timespan {
  if (text === undefined) return { from: -Infinity, to: Infinity };
  const [first = '', second] = text.split('/');
  const [duration, secondDuration] = [
    durationMs(first),
    second === undefined ? undefined : durationMs(second),
  ];
  if (second === undefined) {
    if (duration === undefined) throw new QueryFault(`The timespan '${text}' is none`);
    return { from: now - duration, to: Infinity };
  }
  if (duration !== undefined) return { from: instant(second) - duration, to: instant(second) };
  if (secondDuration !== undefined) return { from: instant(first), to: instant(first) + secondDuration };
  return { from: instant(first), to: instant(second) };
}

function durationMs(text: string): number | undefined {
  const parts = DURATION.exec(text);
  if (!parts) return undefined;
  const [days = 0, hours = 0, minutes = 0, seconds = 0] = parts
    .slice(1)
    .map((part: string | undefined) => Number(part ?? 0));
  return (((days * 24 + hours) * 60 + minutes) * 60 + seconds) * 1000;
}

function instant(text: string): number {
  const at = Date.parse(text);
  if (Number.isNaN(at)) throw new QueryFault(`'${text}' is no time of a timespan`);
  return at;
}
