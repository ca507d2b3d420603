// Five-field cron, read and counted through on a clock that knows no time zone: wall-clock times as if they were UTC.
//
// It is our own code because the libraries at hand lose fires (decision 10 says which and when).

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
const MONTHS = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];
const WEEKDAYS = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];
const MOST_DAYS = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

interface Field {
  readonly name: string;
  readonly least: number;
  readonly most: number;
  /** Names of values; the first one stands for `least`. */
  readonly words: readonly string[];
}

const FIELDS: readonly Field[] = [
  { name: 'minute', least: 0, most: 59, words: [] },
  { name: 'hour', least: 0, most: 23, words: [] },
  { name: 'day', least: 1, most: 31, words: [] },
  { name: 'month', least: 1, most: 12, words: MONTHS },
  { name: 'day-of-week', least: 0, most: 7, words: WEEKDAYS },
];

export interface Pattern {
  /** Ascending, as are all. */
  readonly minutes: readonly number[];
  readonly hours: readonly number[];
  /** Whether the hour field is `*`. */
  readonly everyHour: boolean;
  /** Midnight of a day, as if UTC. */
  readonly fitsDay: (midnight: number) => boolean;
}

/** A text as the result says what is wrong with the expression. */
export function parsePattern(cron: string): Pattern | string {
  const fields = cron.trim().split(/\s+/);
  if (fields.length !== FIELDS.length || cron.length > 256)
    return `has ${cron.trim() === '' ? 0 : fields.length} fields, must have five: ${FIELDS.map(({ name }) => name).join(' ')}`;
  const sets: (readonly number[])[] = [];
  for (const [index, field] of FIELDS.entries()) {
    const numbers = numbersOf(field, fields[index] ?? '');
    if (typeof numbers === 'string') return numbers;
    sets.push(numbers);
  }
  const [minutes = [], hours = [], days = [], months = [], weekdays = []] = sets;
  const anyDay = fields[2] === '*';
  const anyWeekday = fields[4] === '*';
  if (anyWeekday && !months.some((month) => days.some((day) => day <= (MOST_DAYS[month - 1] ?? 0))))
    return `"${cron}" never fires: no month that it names has such a day`;
  return {
    minutes,
    hours,
    everyHour: fields[1] === '*',
    fitsDay: (midnight) => {
      const date = new Date(midnight);
      if (!months.includes(date.getUTCMonth() + 1)) return false;
      const onDay = days.includes(date.getUTCDate());
      const onWeekday = weekdays.includes(date.getUTCDay());
      // As in As in As in As in POSIX: when day and day of week are both restricted, either is enough.
      return anyDay || anyWeekday ? onDay && onWeekday : onDay || onWeekday;
    },
  };
}

/** The times in [from, to] that the pattern names, ascending; milliseconds, as if UTC. */
export function* timesOf(pattern: Pattern, from: number, to: number): Generator<number> {
  for (let midnight = Math.floor(from / DAY_MS) * DAY_MS; midnight <= to; midnight += DAY_MS) {
    if (!pattern.fitsDay(midnight)) continue;
    for (const hour of pattern.hours) {
      const hourAt = midnight + hour * HOUR_MS;
      if (hourAt + HOUR_MS <= from) continue;
      for (const minute of pattern.minutes) {
        const time = hourAt + minute * MINUTE_MS;
        if (time > to) return;
        if (time >= from) yield time;
      }
    }
  }
}

/** `*`, numbers, ranges, steps of `*` or of a range, and lists of these. */
function numbersOf(field: Field, text: string): readonly number[] | string {
  const numbers = new Set<number>();
  for (const part of text.split(',')) {
    const [, range = '', first = '', last, step = '1'] =
      /^(\*|([0-9A-Za-z]+)(?:-([0-9A-Za-z]+))?)(?:\/(\d{1,2}))?$/.exec(part) ?? [];
    const low = range === '*' ? field.least : numberOf(field, first);
    const high = range === '*' ? field.most : isSunday(field, last) ? 7 : numberOf(field, last ?? first);
    const isStepped = part.includes('/');
    if (low !== undefined && high !== undefined && low > high && Number(step) >= 1)
      return backwards(field, text, part, { low, high, step });
    if (
      low === undefined ||
      high === undefined ||
      low > high ||
      Number(step) < 1 ||
      (isStepped && range === first)
    )
      return problemOf(field, text, part);
    for (let number = low; number <= high; number += Number(step)) numbers.add(number);
  }
  // Sunday is 0 and 7.
  const all =
    field.words === WEEKDAYS ? [...new Set([...numbers].map((number) => number % 7))] : [...numbers];
  return all.sort((a, b) => a - b);
}

/** At the end of a range Sunday is 7, as in FRI-SUN. */
function isSunday({ words }: Field, last: string | undefined): boolean {
  return words === WEEKDAYS && last?.toUpperCase() === 'SUN';
}

function numberOf({ least, most, words }: Field, text: string): number | undefined {
  const word = words.indexOf(text.toUpperCase());
  const number = word >= 0 ? word + least : /^\d{1,2}$/.test(text) ? Number(text) : NaN;
  return number >= least && number <= most ? number : undefined;
}

/** Ranges do not wrap around. Tools differ about the hours of `22-6`, so we ask for both parts to be written out. */
function backwards(
  { name, least, most, words }: Field,
  text: string,
  part: string,
  { low, high, step }: { readonly low: number; readonly high: number; readonly step: string },
): string {
  const top = words === WEEKDAYS ? most - 1 : most;
  const said = (number: number): string => words[number - least] ?? String(number);
  const range = (from: number, to: number): string =>
    from === to ? said(from) : `${said(from)}-${said(to)}`;
  const round = Array.from({ length: top - low + 1 + high - least + 1 }, (_, index) =>
    low + index > top ? low + index - top - 1 + least : low + index,
  );
  const stepped = round.filter((_, index) => index % Number(step) === 0);
  const instead =
    step === '1'
      ? `${range(low, top)},${range(least, high)}`
      : stepped.map((number) => said(number)).join(',');
  const which = part === text ? '' : ` in "${text}"`;
  return `has "${part}"${which} as ${name}, which ends before it begins: ranges do not go round; write ${instead}`;
}

function problemOf({ name, least, most, words }: Field, text: string, part: string): string {
  const named = words.length === 0 ? '' : ` or ${words[0] ?? ''} to ${words.at(-1) ?? ''}`;
  const which = part === text ? '' : ` in "${text}"`;
  return `has "${part}"${which} as ${name}, must be * or ${least} to ${most}${named}, a range a-b, a step */n or a-b/n, or a list of these`;
}
