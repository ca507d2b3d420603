// Reckons the fires of a schedule in another way than the product: it looks at every minute on the zone's wall clock.
// It knows what the tests use of cron: `*`, numbers, lists, ranges, steps.

const MINUTE_MS = 60_000;
/** Zones change their clocks at quarters of an hour only, so one look at the zone serves fifteen minutes. */
const QUARTER_MINUTES = 15;

/** Epoch milliseconds, ascending: the fires from `from` (a quarter of an hour) to before `until`. */
export function reckonedFires(cron: string, timeZone: string, from: number, until: number): number[] {
  const matches = matcherOf(cron);
  const isHourly = cron.split(' ')[1] === '*';
  const fires = new Set<number>();
  /** The latest wall-clock minute shown so far, as if UTC. */
  let shown = wallAt(timeZone, from - QUARTER_MINUTES * MINUTE_MS) + (QUARTER_MINUTES - 1) * MINUTE_MS;
  for (let quarter = from; quarter < until; quarter += QUARTER_MINUTES * MINUTE_MS) {
    const wallOfQuarter = wallAt(timeZone, quarter);
    for (let minute = 0; minute < QUARTER_MINUTES; minute += 1) {
      const wall = wallOfQuarter + minute * MINUTE_MS;
      const instant = quarter + minute * MINUTE_MS;
      const isShownAgain = wall <= shown;
      // What the clock jumped over fires as long after the jump as it would have been after it.
      for (let skipped = shown + MINUTE_MS; skipped < wall; skipped += MINUTE_MS)
        if (matches(skipped)) fires.add(instant + (skipped - shown - MINUTE_MS));
      if (matches(wall) && (!isShownAgain || isHourly)) fires.add(instant);
      shown = Math.max(shown, wall);
    }
  }
  return [...fires].filter((fire) => fire < until).sort((a, b) => a - b);
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** What the zone's clock shows, as if it were UTC. */
function wallAt(timeZone: string, instant: number): number {
  const format =
    formats.get(timeZone) ??
    new Intl.DateTimeFormat('en-GB', { timeZone, hourCycle: 'h23', dateStyle: 'short', timeStyle: 'medium' });
  formats.set(timeZone, format);
  const parts = Object.fromEntries(
    format.formatToParts(instant).map(({ type, value }) => [type, Number(value)]),
  );
  const { year = 0, month = 0, day = 0, hour = 0, minute = 0 } = parts;
  return Date.UTC(year, month - 1, day, hour, minute);
}

function matcherOf(cron: string): (wall: number) => boolean {
  const [minute, hour, day, month, weekday] = cron.split(' ');
  const minutes = setOf(minute, 0, 59);
  const hours = setOf(hour, 0, 23);
  const days = setOf(day, 1, 31);
  const months = setOf(month, 1, 12);
  const weekdays = new Set([...setOf(weekday, 0, 7)].map((n) => n % 7));
  return (wall) => {
    const date = new Date(wall);
    if (!minutes.has(date.getUTCMinutes()) || !hours.has(date.getUTCHours())) return false;
    if (!months.has(date.getUTCMonth() + 1)) return false;
    const onDay = days.has(date.getUTCDate());
    const onWeekday = weekdays.has(date.getUTCDay());
    // Cron's old rule: with both named, either is enough.
    return day === '*' || weekday === '*' ? onDay && onWeekday : onDay || onWeekday;
  };
}

function setOf(field = '*', least: number, most: number): Set<number> {
  const numbers = new Set<number>();
  for (const part of field.split(',')) {
    const [range = '*', step = '1'] = part.split('/');
    const [low, high] = range === '*' ? [least, most] : range.split('-').map(Number);
    for (let n = low ?? least; n <= (high ?? low ?? most); n += Number(step)) numbers.add(n);
  }
  return numbers;
}
