// Copies within variables and properties: `"copy": [{ "name", "count", "input" }]` stands for a list under that name.
import { isMapping } from '../reader';
import { ExpressionError } from './expression';
import { scalarOf } from './marks';

/** ARM's own limit of a copy. */
const MAX_COPIES = 800;

/** As the template writes it: name and count may be expressions. */
export interface Copy {
  readonly name: unknown;
  readonly count: unknown;
  readonly input: unknown;
  /** Among the copies that stand beside it. */
  readonly index: number;
}

/** The copies of an object that has some; the object's other members are its own. */
export function copiesOf(members: Readonly<Record<string, unknown>>): readonly Copy[] {
  const copies: unknown = Object.hasOwn(members, 'copy') ? members['copy'] : undefined;
  if (!Array.isArray(copies) || copies.length === 0) return [];
  const found = copies.flatMap((copy: unknown, index) =>
    isMapping(copy) && Object.hasOwn(copy, 'name') && Object.hasOwn(copy, 'count')
      ? [{ name: copy['name'], count: copy['count'], input: copy['input'], index }]
      : [],
  );
  return found.length === copies.length ? found : [];
}

/** Throws ExpressionError when a copy's name is no text. */
export function copyName(name: unknown): string {
  const text = scalarOf(name);
  if (typeof text === 'string' && text !== '' && text !== '__proto__') return text;
  throw new ExpressionError('has a copy without a name');
}

/** Throws ExpressionError when it is no number of copies that ARM makes. */
export function copyCount(count: unknown): number {
  const number = scalarOf(count);
  if (typeof number === 'number' && Number.isSafeInteger(number) && number >= 0 && number <= MAX_COPIES)
    return number;
  throw new ExpressionError(`has a copy whose count is no whole number from 0 to ${MAX_COPIES}`);
}
