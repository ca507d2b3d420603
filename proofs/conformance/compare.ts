// Finds the differences between two values, each with its place.

/** The most differences that are listed for one case; the others are counted. */
const MOST = 12;
const LONGEST = 300;

/** Returns an empty list when both are the same JSON value. A member that is undefined counts as absent. */
export function differences(recorded: unknown, ours: unknown): string[] {
  const found: string[] = [];
  collect(recorded, ours, '', found);
  if (found.length <= MOST) return found;
  return [...found.slice(0, MOST), `… and ${found.length - MOST} more`];
}

function collect(recorded: unknown, ours: unknown, path: string, found: string[]): void {
  if (Array.isArray(recorded) && Array.isArray(ours)) {
    if (recorded.length !== ours.length)
      found.push(`${path}: recorded ${recorded.length} entries, here ${ours.length}`);
    for (let index = 0; index < Math.min(recorded.length, ours.length); index++)
      collect(recorded[index], ours[index], `${path}[${index}]`, found);
  } else if (isRecord(recorded) && isRecord(ours)) {
    for (const name of new Set([...Object.keys(recorded), ...Object.keys(ours)]))
      collect(recorded[name], ours[name], path === '' ? name : `${path}.${name}`, found);
  } else if (!Object.is(recorded, ours)) {
    found.push(`${path}: recorded ${show(recorded)}, here ${show(ours)}`);
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function show(value: unknown): string {
  const text = value === undefined ? 'nothing' : JSON.stringify(value);
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}
