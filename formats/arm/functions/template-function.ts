// A function that a template may call, and tables of them.
import type { Arguments } from './arguments';

/** Throws ExpressionError when the arguments are not what it takes. */
export type TemplateFunction = (args: Arguments) => unknown;

export interface NamedFunction {
  /** As ARM's documentation, or the template, writes it. */
  readonly name: string;
  readonly run: TemplateFunction;
}

/** By their names in lower case: Resource Manager takes them in any case. */
export function byName(
  functions: Iterable<readonly [string, TemplateFunction]>,
): ReadonlyMap<string, NamedFunction> {
  return new Map([...functions].map(([name, run]) => [name.toLowerCase(), { name, run }]));
}
