// Changes that are given beside a spec: what is merged, what is replaced, and what changed. Pure.
import { pointerOf } from './job-spec';
import { canonicalJson } from './spec-hash';

/**
 * A JSON Merge Patch (RFC 7396) of a spec: mappings are merged by name; texts, numbers and lists are replaced; null
 * removes a field. A value of `env` counts as one value, so a reference that replaces a secret leaves nothing of the
 * secret.
 */
export type SpecOverrides = Readonly<Record<string, unknown>>;

/** One field that an override changed. A literal secret is shown as `{ withheld: true }`. */
export interface SpecChange {
  /** JSON pointer (RFC 6901) of the field in the spec. */
  readonly pointer: string;
  /** Absent: the spec did not have it. */
  readonly from?: unknown;
  /** Absent: the spec does not have it any more. */
  readonly to?: unknown;
}

export interface Overridden {
  /** Not parsed yet: neither the spec nor the overrides need to be valid. */
  readonly spec: unknown;
  /** In the order of the overrides, without those that changed nothing. */
  readonly changed: readonly SpecChange[];
}

type Mapping = Readonly<Record<string, unknown>>;

/** Stands for a literal secret wherever a spec is shown; as a value of `env` it is refused with what to do. */
export const WITHHELD = { withheld: true } as const;

/** What an override of a part builds on where the spec lacks the whole: the spec's defaults, and one GPU. */
const STARTS: Mapping = { resources: { cpu: 1, memoryGb: 1.5 }, gpu: { count: 1 } };

/** Merges the overrides into a spec, or into what will become one. Its arguments stay unchanged. */
export function withOverrides(spec: unknown, overrides: SpecOverrides): Overridden {
  if (!isMapping(spec)) return { spec, changed: [] };
  const changed: SpecChange[] = [];
  return { spec: merged(spec, overrides, [], changed), changed };
}

function merged(target: Mapping, patch: Mapping, path: readonly string[], changed: SpecChange[]): Mapping {
  const result = new Map(Object.entries(target));
  for (const [name, value] of Object.entries(patch)) {
    const at = [...path, name];
    const before = result.get(name);
    const after = patched(before, value, at, changed);
    if (after === undefined) result.delete(name);
    else result.set(name, after);
  }
  return Object.fromEntries(result);
}

function patched(before: unknown, value: unknown, path: readonly string[], changed: SpecChange[]): unknown {
  if (value === null) return changedTo(undefined, before, path, changed);
  if (!isMapping(value) || isWhole(path)) return changedTo(value, before, path, changed);
  const start = before === undefined && path.length === 1 ? STARTS[path[0] ?? ''] : undefined;
  if (isMapping(start)) return changedTo(merged(start, value, path, []), before, path, changed);
  // A value that should be a mapping and isn't stays for the parser to report: merging would hide it.
  return isMapping(before ?? {}) ? merged(isMapping(before) ? before : {}, value, path, changed) : before;
}

function changedTo(after: unknown, before: unknown, path: readonly string[], changed: SpecChange[]): unknown {
  if (canonicalJson({ value: before }) !== canonicalJson({ value: after }))
    changed.push({
      pointer: pointerOf(path),
      ...(before === undefined ? {} : { from: withoutSecrets(before) }),
      ...(after === undefined ? {} : { to: withoutSecrets(after) }),
    });
  return after;
}

/** Whether the mapping at this path counts as one value. */
function isWhole(path: readonly string[]): boolean {
  return path.length === 2 && path[0] === 'env';
}

/** A copy in which each mapping with a `secure` member is the mark of a secret. */
export function withoutSecrets(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutSecrets);
  if (!isMapping(value)) return value;
  if ('secure' in value) return WITHHELD;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, withoutSecrets(member)]));
}

function isMapping(value: unknown): value is Mapping {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
