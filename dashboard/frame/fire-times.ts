// When a schedule fires: how long until then, and the day and time on the clocks of the schedule and of the reader.
import { duration } from '../../cli/show/duration';

/** `in 5 h 12 min`; `now` for what is due. */
export function until(instant: number, now: number): string {
  return instant - now < 1_000 ? 'now' : `in ${duration(instant - now)}`;
}

/** `Tue 2 Dec, 03:00`, on the clocks of `timeZone`. */
export function dayAndTime(instant: number, timeZone: string): string {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).formatToParts(instant);
  const part = (type: Intl.DateTimeFormatPartTypes): string =>
    parts.find((one) => one.type === type)?.value ?? '';
  return `${part('weekday')} ${part('day')} ${part('month')}, ${part('hour')}:${part('minute')}`;
}

/** The reader's zone by its name. */
export function ownZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone;
}
