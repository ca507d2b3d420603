// Takes out of an answer what differs from run to run, and numbers ids by first occurrence.
import { NOT_COMPARED, OPAQUE_MEMBERS, RUNS_OWN } from './not-compared';

/** Two answers are alike exactly when they are equal after this. */
export function normalise(value: unknown): unknown {
  const labels = new Map<string, string>();
  const label = (uuid: string): string => {
    const known = labels.get(uuid) ?? `<uuid ${labels.size + 1}>`;
    labels.set(uuid, known);
    return known;
  };
  const text = (raw: string): string =>
    RUNS_OWN.reduce(
      (sofar, { kind, pattern }) =>
        sofar.replace(pattern, (found) => (kind === 'uuid' ? label(found) : `<${kind}>`)),
      raw,
    );
  const walk = (each: unknown, parent = ''): unknown => {
    if (typeof each === 'string') return text(each);
    if (Array.isArray(each)) return each.map((one) => walk(one, parent));
    if (typeof each !== 'object' || each === null) return each;
    return Object.fromEntries(
      Object.entries(each)
        .filter(([name]) => !(name in NOT_COMPARED || `${parent}.${name}` in NOT_COMPARED))
        .sort(([left], [right]) => (left < right ? -1 : 1))
        .map(([name, member]) => [
          text(name),
          OPAQUE_MEMBERS.has(name) && typeof member === 'string' ? `<${name}>` : walk(member, name),
        ]),
    );
  };
  return walk(value);
}
