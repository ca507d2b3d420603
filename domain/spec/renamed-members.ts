// Members of a spec that have another name now: how a refusal tells it, and how a spec stored before is read.
const PRESENT_NAMES: ReadonlyMap<string, string> = new Map([['aks', 'kubernetes']]);

/** What to say of the member at a JSON pointer; undefined where it never was one of another name. */
export function renamed(pointer: string): string | undefined {
  const present = PRESENT_NAMES.get(pointer.slice(1));
  return present === undefined ? undefined : `has the name ${present} now: write "${present}" in its place`;
}

/** A stored spec under the present names; anything else as it is. The hash under which it is stored stays its own. */
export function withPresentNames(stored: unknown): unknown {
  if (typeof stored !== 'object' || stored === null || Array.isArray(stored)) return stored;
  return Object.fromEntries(
    Object.entries(stored).map(([name, value]) => [PRESENT_NAMES.get(name) ?? name, value]),
  );
}
