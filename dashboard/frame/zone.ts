// The reader's time zone and times in it.

/** `Europe/Berlin (UTC+01:00)`. */
export function zoneInWords(now: Date): string {
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  return timeZone === 'UTC' ? 'UTC' : `${timeZone} (${offsetInWords(-now.getTimezoneOffset())})`;
}

function offsetInWords(minutes: number): string {
  const [hours, rest] = [Math.floor(Math.abs(minutes) / 60), Math.abs(minutes) % 60];
  return `UTC${minutes < 0 ? '-' : '+'}${String(hours).padStart(2, '0')}:${String(rest).padStart(2, '0')}`;
}
