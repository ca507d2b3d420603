// Takes out of an answer what differs from run to run, and numbers what is opaque by first occurrence.
import { isNotCompared, OPAQUE_MEMBERS, RUNS_OWN } from './not-compared';

/** Two answers are alike exactly when they are equal after this. */
export function normalise(value: unknown): unknown {
  const labels = new Map<string, string>();
  const counts = new Map<string, number>();
  const label = (kind: string, found: string): string => {
    const known = labels.get(`${kind} ${found}`);
    if (known !== undefined) return known;
    const count = (counts.get(kind) ?? 0) + 1;
    counts.set(kind, count);
    const made = `<${kind} ${count}>`;
    labels.set(`${kind} ${found}`, made);
    return made;
  };
  const text = (raw: string): string =>
    RUNS_OWN.reduce(
      (sofar, { kind, pattern }) =>
        sofar.replace(pattern, (found) => (kind === 'uuid' ? label(kind, found) : `<${kind}>`)),
      raw,
    );
  const walk = (each: unknown, path: readonly string[] = []): unknown => {
    if (typeof each === 'string') return text(each);
    if (Array.isArray(each)) return each.map((one) => walk(one, path));
    if (typeof each !== 'object' || each === null) return each;
    return Object.fromEntries(
      Object.entries(each)
        .filter(([name]) => !isNotCompared([...path, name]))
        .sort(([left], [right]) => (left < right ? -1 : 1))
        .map(([name, member]) => [
          name,
          OPAQUE_MEMBERS.has(name) ? opaque(name, member) : walk(member, [...path, name]),
        ]),
    );
  };
  const opaque = (name: string, member: unknown): unknown => {
    if (typeof member !== 'string' || member === '') return member;
    return name === 'uid' ? label('uuid', member) : `<${name}>`;
  };
  return walk(value);
}
