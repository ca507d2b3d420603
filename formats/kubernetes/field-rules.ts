// What becomes of each field of a manifest: read elsewhere, without effect, or refused with the reason.
import { isMapping, type Reader } from '../reader';

export type FieldRule =
  /** Read by the translation elsewhere. */
  | { readonly kind: 'read' }
  /** Nothing that its author would miss: filled in by the cluster, or the same for every job. */
  | { readonly kind: 'silent' }
  | {
      readonly kind: 'ignored' | 'warning' | 'refused';
      readonly why: string;
      readonly unless: readonly unknown[];
    }
  | { readonly kind: 'inside'; readonly rules: FieldRules };

export type FieldRules = Readonly<Record<string, FieldRule>>;

export const READ: FieldRule = { kind: 'read' };
export const SILENT: FieldRule = { kind: 'silent' };

/** Without effect, and no harm; values in `unless` are passed over. */
export function ignored(why: string, unless: readonly unknown[] = []): FieldRule {
  return { kind: 'ignored', why, unless };
}

/** Without effect, which may not be what was meant. */
export function warning(why: string, unless: readonly unknown[] = []): FieldRule {
  return { kind: 'warning', why, unless };
}

/** The program may need it. */
export function refused(why: string, unless: readonly unknown[] = []): FieldRule {
  return { kind: 'refused', why, unless };
}

export function inside(rules: FieldRules): FieldRule {
  return { kind: 'inside', rules };
}

/**
 * Applies the rules to a mapping's fields; a field without a rule is a problem. `of` is what has the fields, for
 * messages.
 */
export function checkFields(reader: Reader, rules: FieldRules, of: string): void {
  if (!reader.present || !reader.isMapping()) return;
  for (const key of reader.keys()) {
    const rule = Object.hasOwn(rules, key) ? rules[key] : undefined;
    const field = reader.at(key);
    if (rule === undefined) field.problem(`is not a known field of ${of}`);
    else apply(field, rule, of);
  }
}

function apply(field: Reader, rule: FieldRule, of: string): void {
  switch (rule.kind) {
    case 'read':
    case 'silent':
      return;
    case 'inside':
      checkFields(field, rule.rules, of);
      return;
    case 'ignored':
    case 'warning':
    case 'refused':
      if (isEmpty(field.value) || rule.unless.includes(field.value)) return;
      if (rule.kind === 'refused') field.problem(rule.why);
      else if (rule.kind === 'ignored') field.ignored(rule.why);
      else field.warning(rule.why);
  }
}

/** Tools that print manifests print fields that say nothing. */
function isEmpty(value: unknown): boolean {
  if (Array.isArray(value)) return value.length === 0;
  return value === '' || (isMapping(value) && Object.keys(value).length === 0);
}
