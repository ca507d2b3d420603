// The functions that a template defines itself, as Bicep writes those of its files:
// `functions: [{ namespace, members }]`.
import { isMapping, type Reader } from '../../reader';
import { ExpressionError } from '../expression';
import type { Arguments } from './arguments';
import { byName, type NamedFunction } from './template-function';

/** Evaluates a function's output, whose parameters are these by name in lower case. */
export type Evaluator = (output: unknown, parameters: ReadonlyMap<string, unknown>) => unknown;

/** Calls inside each other. */
const MAX_CALLS = 32;

/** By `namespace.name` in lower case. */
export function userFunctions(functions: Reader, evaluate: Evaluator): ReadonlyMap<string, NamedFunction> {
  const spaces: readonly unknown[] = Array.isArray(functions.value) ? functions.value : [];
  let depth = 0;
  const run = (name: string, member: Readonly<Record<string, unknown>>, args: Arguments): unknown => {
    if (depth === MAX_CALLS) throw new ExpressionError(`calls ${name}() within itself, again and again`);
    depth += 1;
    try {
      return evaluate(outputOf(member), parametersOf(member, args));
    } finally {
      depth -= 1;
    }
  };
  return byName(
    spaces.filter(isMapping).flatMap((space) =>
      Object.entries(isMapping(space['members']) ? space['members'] : {}).flatMap(([short, member]) => {
        const name = `${typeof space['namespace'] === 'string' ? space['namespace'] : ''}.${short}`;
        return isMapping(member) ? [[name, (args: Arguments) => run(name, member, args)] as const] : [];
      }),
    ),
  );
}

function parametersOf(
  member: Readonly<Record<string, unknown>>,
  args: Arguments,
): ReadonlyMap<string, unknown> {
  const declared: readonly unknown[] = Array.isArray(member['parameters']) ? member['parameters'] : [];
  args.count(declared.length);
  return new Map(
    declared.map((parameter, index) => {
      const name = isMapping(parameter) ? parameter['name'] : undefined;
      return [typeof name === 'string' ? name.toLowerCase() : '', args.given[index]];
    }),
  );
}

function outputOf(member: Readonly<Record<string, unknown>>): unknown {
  return isMapping(member['output']) ? member['output']['value'] : undefined;
}
