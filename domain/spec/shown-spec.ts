// A spec as it may be shown: marks stand for literal secrets, and what belongs to one submission alone is left out.
import type { JobSpec } from './job-spec';
import { WITHHELD, withoutSecrets } from './spec-overrides';

/** A spec in the shape of `JobSpec`, but that a literal secret in `env` is `{ withheld: true }`. */
export type ShownSpec = Readonly<Record<string, unknown>>;

/**
 * From a stored spec, or any other. The idempotency key is left out because it belongs to the submission: equal specs
 * share one blob, and the key, submitted again, would name the job that it has made.
 */
export function shownSpec(spec: JobSpec): ShownSpec {
  return asShown(spec);
}

/** The same for what is not a spec (yet), such as a refused message; undefined where it is not a mapping. */
export function shownValue(value: unknown): ShownSpec | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? asShown(value) : undefined;
}

/** The variables whose values are withheld in a spec that is shown. */
export function withheldNames(spec: ShownSpec): readonly string[] {
  const { env } = spec;
  if (typeof env !== 'object' || env === null) return [];
  return Object.entries(env).flatMap(([name, value]) => (isWithheld(value) ? [name] : []));
}

function isWithheld(value: unknown): boolean {
  return (
    typeof value === 'object' && value !== null && 'withheld' in value && value.withheld === WITHHELD.withheld
  );
}

function asShown(value: object): ShownSpec {
  const members = Object.entries(value).filter(
    ([name, member]) => name !== 'idempotencyKey' && member !== undefined,
  );
  return Object.fromEntries(members.map(([name, member]) => [name, withoutSecrets(member)]));
}
