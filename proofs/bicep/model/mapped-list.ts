// A call of Bicep's `map`, taken apart: a rule looks into the body of its lambda as into that of a loop.
import type { CallSyntax, Expression, LambdaSyntax } from '../parse/syntax';

interface MappedList {
  readonly list: Expression;
  readonly lambda: LambdaSyntax;
}

/** Undefined for a call of another function, and for one without a lambda. */
export function mappedList({ name, args: [list, lambda] }: CallSyntax): MappedList | undefined {
  if (name.text !== 'map' || list === undefined || lambda?.kind !== 'lambda') return undefined;
  return { list, lambda };
}
