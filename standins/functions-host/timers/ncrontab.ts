// NCRONTAB, the schedules of timer triggers: six fields, or five without the seconds.
import { Cron } from 'croner';

/** When a timer trigger fires. Times are milliseconds since the epoch; all reckoning is in UTC. */
export interface Schedule {
  readonly expression: string;
  /** The first occurrence after `after`. */
  next(after: number): number;
  /**
   * Whether occurrences are at least a minute apart, judged at `now`. The real host then stores the schedule's status.
   */
  isMonitored(now: number): boolean;
}

interface Field {
  readonly name: string;
  readonly min: number;
  readonly max: number;
  readonly names?: readonly string[];
}

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const DAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];
const FIELDS: readonly Field[] = [
  { name: 'second', min: 0, max: 59 },
  { name: 'minute', min: 0, max: 59 },
  { name: 'hour', min: 0, max: 23 },
  { name: 'day', min: 1, max: 31 },
  { name: 'month', min: 1, max: 12, names: MONTHS },
  { name: 'day of week', min: 0, max: 6, names: DAYS },
];

const MINUTE_MS = 60_000;

/**
 * Parses `{second} {minute} {hour} {day} {month} {day of week}` (five fields: second 0). A day must satisfy both its
 * day and its day of week, as in NCrontab. Throws for anything else, time spans included.
 */
export function parseSchedule(expression: string): Schedule {
  const fields = expression.trim().split(/\s+/);
  if (/^[\d.]*\d+:\d+/.test(expression.trim()))
    throw unusable(expression, 'time spans are not offered by the local host; write it as six fields');
  if (fields.length !== 6 && fields.length !== 5)
    throw unusable(expression, `it has ${fields.length} fields instead of six`);
  const all = fields.length === 6 ? fields : ['0', ...fields];
  // The lists of fields are expanded here, so that croner does the reckoning only and its notation does not matter.
  const values = FIELDS.map((field, index) => expandField(all[index] ?? '', field, expression).join(','));
  const cron = new Cron(values.join(' '), { utcOffset: 0, domAndDow: true, mode: '6-part' });
  const next = (after: number): number => {
    const found = cron.nextRun(new Date(after));
    if (found === null) throw unusable(expression, 'it never occurs');
    return found.getTime();
  };
  return {
    expression,
    next,
    isMonitored: (now) => {
      if (all.slice(1).some((field) => field !== '*')) return true;
      // As the real host judges it: more than one occurrence within the next minute is too frequent.
      return next(next(now)) >= now + MINUTE_MS;
    },
  };
}

/** The values that a field allows, ascending. */
function expandField(text: string, field: Field, expression: string): readonly number[] {
  const values = new Set<number>();
  for (const part of text.split(',')) {
    const [, from = '', to, step] = /^(\*|[a-z]+|\d+)(?:-([a-z]+|\d+))?(?:\/(\d+))?$/i.exec(part) ?? [];
    const first = from === '*' ? field.min : valueOf(from, field);
    // A value with a step runs to the end of its field's range, as `*` does.
    const last =
      to === undefined ? (from === '*' || step !== undefined ? field.max : first) : valueOf(to, field);
    const allowed = first !== undefined && last !== undefined && first >= field.min && last <= field.max;
    if (!allowed || first > last || step === '0' || (from === '*' && to !== undefined))
      throw unusable(expression, `"${part}" is no ${field.name} (${field.min}-${field.max})`);
    for (let value = first; value <= last; value += Number(step ?? 1)) values.add(value);
  }
  return [...values].sort((a, b) => a - b);
}

/** A number, or a name: three letters of an English month or day. */
function valueOf(text: string, field: Field): number | undefined {
  if (/^\d+$/.test(text)) return Number(text);
  const index = field.names?.findIndex((name) => name === text.toLowerCase()) ?? -1;
  return index < 0 ? undefined : index + field.min;
}

function unusable(expression: string, reason: string): Error {
  return new Error(
    `Schedule "${expression}" cannot be used: ${reason}. ` +
      'Write {second} {minute} {hour} {day} {month} {day of week}, for example "0 */5 * * * *".',
  );
}
