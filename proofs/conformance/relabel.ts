// Numbers the labels of a normalised recording anew, so that a comparison sees only which labels are equal.

const LABEL = /<(t|exec|guid)(\d+)(?=[,> ])/g;

/**
 * Numbers labels by first occurrence in what is compared. The recordings number them before episodes are cut short, and
 * across instances in the order of invocation. Numbered anew, two recordings are equal exactly when they differ in
 * names only.
 */
export function relabel(value: unknown): unknown {
  const numbers = new Map<string, string>();
  const counts = new Map<string, number>();
  const text = (raw: string): string =>
    raw.replace(LABEL, (found, kind: string) => {
      const known = numbers.get(found);
      if (known !== undefined) return known;
      const count = (counts.get(kind) ?? 0) + 1;
      counts.set(kind, count);
      numbers.set(found, `<${kind}${count}`);
      return `<${kind}${count}`;
    });
  const walk = (each: unknown): unknown => {
    if (typeof each === 'string') return text(each);
    if (Array.isArray(each)) return each.map(walk);
    if (typeof each !== 'object' || each === null) return each;
    return Object.fromEntries(
      sorted(Object.entries(each)).map(([name, member]) => [text(name), walk(member)]),
    );
  };
  return walk(value);
}

/**
 * Sorts the members, because their order means nothing in JSON. Neither it nor the labels' numbers may decide which
 * label comes first.
 */
function sorted(entries: [string, unknown][]): [string, unknown][] {
  const key = (name: string): string => name.replace(LABEL, '<$1');
  return entries.sort(([left], [right]) => (key(left) < key(right) ? -1 : key(left) > key(right) ? 1 : 0));
}
