// The commonest cron expressions in words. Undefined for all others: the expression itself is shown anyway.

const DAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];
const NAMES = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];

/** `every day at 03:00`, `every 15 minutes`, `on Monday at 06:30`. */
export function cronInWords(cron: string): string | undefined {
  const [minute = '', hour = '', day, month, weekday = '', ...more] = cron.trim().split(/\s+/);
  if (more.length > 0 || month !== '*') return undefined;
  if (day === '*' && weekday === '*' && hour === '*') return withinTheHour(minute);
  const time = timeOf(hour, minute);
  if (time === undefined) return undefined;
  if (day !== '*') return weekday === '*' ? monthly(day, time) : undefined;
  const days = daysOf(weekday);
  return days === undefined ? undefined : `${days} at ${time}`;
}

function withinTheHour(minute: string): string | undefined {
  if (minute === '*') return 'every minute';
  const step = Number(/^\*\/(\d{1,2})$/.exec(minute)?.[1]);
  // Steps that do not divide the hour begin anew with it.
  if (step > 1 && 60 % step === 0) return `every ${step} minutes`;
  if (!/^\d{1,2}$/.test(minute)) return undefined;
  return minute === '0' ? 'every hour' : `every hour, ${minute} min past`;
}

function timeOf(hour: string, minute: string): string | undefined {
  if (!/^\d{1,2}$/.test(hour) || !/^\d{1,2}$/.test(minute)) return undefined;
  return `${hour.padStart(2, '0')}:${minute.padStart(2, '0')}`;
}

function monthly(day: string | undefined, time: string): string | undefined {
  return day !== undefined && /^\d{1,2}$/.test(day) ? `on day ${day} of every month at ${time}` : undefined;
}

function daysOf(weekday: string): string | undefined {
  if (weekday === '*') return 'every day';
  const [first, last, ...more] = weekday.split('-').map(dayOf);
  if (first === undefined || more.length > 0) return undefined;
  if (!weekday.includes('-')) return `on ${first}`;
  return last === undefined ? undefined : `${first} to ${last}`;
}

function dayOf(text: string): string | undefined {
  const named = NAMES.indexOf(text.toUpperCase());
  return DAYS[named >= 0 ? named : /^[0-7]$/.test(text) ? Number(text) : -1];
}
