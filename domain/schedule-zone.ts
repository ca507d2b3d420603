// A time zone as the machine's own database knows it: how far its wall clock is from UTC, at any instant.

/** Milliseconds to add to an instant for the wall clock's reading, taken as if it were UTC. */
export type ZoneOffset = (instant: number) => number;

/** @throws RangeError for a name that the IANA database does not have. */
export function zoneOffset(timeZone: string): ZoneOffset {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  return (instant) => {
    const [month = 0, day = 0, year = 0, hour = 0, minute = 0, second = 0] = (
      format.format(instant).match(/\d+/g) ?? []
    ).map(Number);
    const wholeSeconds = Math.floor(instant / 1000) * 1000;
    return Date.UTC(year, month - 1, day, hour, minute, second) - wholeSeconds;
  };
}
