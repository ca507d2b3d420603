// Numbers the labels of a normalised recording anew, so that only which ones are equal counts.

const LABEL = /<(t|exec|guid)(\d+)(?=[,> ])/g;

/**
 * The recordings number their labels before episodes are cut short, and across instances in the order of invocation;
 * numbered anew by first occurrence in what is compared, two recordings are alike exactly when they differ in names
 * only.
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
 * The order of members means nothing in JSON, so it must not decide which label comes first; nor must the labels'
 * numbers.
 */
function sorted(entries: [string, unknown][]): [string, unknown][] {
  const key = (name: string): string => name.replace(LABEL, '<$1');
  return entries.sort(([left], [right]) => (key(left) < key(right) ? -1 : key(left) > key(right) ? 1 : 0));
}
