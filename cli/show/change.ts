// A field that an option changed, in words.
import type { SpecChange } from '../../domain/spec/spec-overrides';

const LONGEST = 60;

/** `name: a → n (by --name)`. */
export function changeInWords({ pointer, ...change }: SpecChange, option: string | undefined): string {
  const field = pointer.slice(1).replaceAll('/', '.').replaceAll('~1', '/').replaceAll('~0', '~');
  const by = option === undefined ? '' : ` (by ${option})`;
  return `${field}: ${valueInWords(change.from)} → ${valueInWords(change.to)}${by}`;
}

function valueInWords(value: unknown): string {
  if (value === undefined) return '(nothing)';
  if (isMember(value, 'withheld')) return '(a secret)';
  if (isMember(value, 'secretRef')) return `secret ${String(value['secretRef'])}`;
  const text =
    typeof value === 'string' && /^[\x21-\x7e\xa1-\uffff]+$/.test(value) ? value : JSON.stringify(value);
  const characters = Array.from(text);
  return characters.length <= LONGEST ? text : `${characters.slice(0, LONGEST - 1).join('')}…`;
}

function isMember(value: unknown, name: string): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && name in value;
}
