// The periods that the plots can cover, and the stretches of time that each is divided into.

interface Period {
  readonly words: string;
  readonly hours: number;
  /** Of one bar. */
  readonly barHours: number;
  readonly barWords: string;
}

const PERIODS: Readonly<Record<string, Period>> = {
  '1d': { words: 'the last 24 hours', hours: 24, barHours: 1, barWords: 'an hour' },
  '7d': { words: 'the last 7 days', hours: 7 * 24, barHours: 6, barWords: '6 hours' },
  '30d': { words: 'the last 30 days', hours: 30 * 24, barHours: 24, barWords: 'a day' },
};
const DEFAULT = '7d';
export const PERIOD_NAMES = Object.keys(PERIODS);
const HOUR_MS = 3_600_000;

/** What an address names, or the usual one. */
export function periodNameOf(text: string | undefined): string {
  return text !== undefined && Object.hasOwn(PERIODS, text) ? text : DEFAULT;
}

export function periodOf(name: string): Period {
  const period = PERIODS[name] ?? PERIODS[DEFAULT];
  if (period === undefined) throw new Error(`There is no period ${name}.`);
  return period;
}

/** A stretch of time, epoch milliseconds; `to` is the first instant behind it. */
export interface Bar {
  readonly from: number;
  readonly to: number;
}

/**
 * The bars from the one that holds `since` to the one that holds `now`. They begin on the reader's own clock: days at
 * midnight, also where its zone has days of 23 and 25 hours.
 */
export function barsOf(since: number, now: number, barHours: number): readonly Bar[] {
  const begin = new Date(since);
  begin.setHours(begin.getHours() - (begin.getHours() % barHours), 0, 0, 0);
  const bars: Bar[] = [];
  for (let from = begin.getTime(); from <= now;) {
    const next = new Date(from);
    next.setHours(next.getHours() + barHours);
    // In the hour that a clock is turned back, an hour later is the same hour again.
    const to = next.getTime() > from ? next.getTime() : from + barHours * HOUR_MS;
    bars.push({ from, to });
    from = to;
  }
  return bars;
}

/** When the period begins, epoch milliseconds. */
export function sinceOf(name: string, now: number): number {
  return now - periodOf(name).hours * HOUR_MS;
}
