// A time zone as the machine's own database knows it: how far its wall clock is from UTC, at any instant.

/** Milliseconds to add to an instant for the wall clock's reading, taken as if it were UTC. */
export type ZoneOffset = (instant: number) => number;

/** Since 1973 no zone has changed its clock between quarters of an hour, so one look serves fifteen minutes. */
const QUARTER_MS = 15 * 60_000;
/** Bounds for memory only. */
const MOST_ZONES = 600;
const MOST_QUARTERS = 20_000;

const zones = new Map<string, ZoneOffset>();

/** @throws RangeError for a name that the IANA database does not have. */
export function zoneOffset(timeZone: string): ZoneOffset {
  const known = zones.get(timeZone);
  if (known !== undefined) return known;
  const look = looksAt(timeZone);
  const offsets = new Map<number, number>();
  const offsetAt = (instant: number): number => {
    const quarter = Math.floor(instant / QUARTER_MS);
    const seen = offsets.get(quarter);
    if (seen !== undefined) return seen;
    const offset = look(quarter * QUARTER_MS);
    if (offsets.size >= MOST_QUARTERS) offsets.clear();
    offsets.set(quarter, offset);
    return offset;
  };
  if (zones.size >= MOST_ZONES) zones.clear();
  zones.set(timeZone, offsetAt);
  return offsetAt;
}

/** A look costs microseconds: the machine's time zone database formats the instant. */
function looksAt(timeZone: string): ZoneOffset {
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
    return Date.UTC(year, month - 1, day, hour, minute, second) - instant;
  };
}
