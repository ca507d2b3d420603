// The inline constraints of ASP.NET Core routes that the local host offers.

/** Whether the (decoded) value of a parameter is allowed. */
export type Constraint = (value: string) => boolean;

const INTEGER = /^[+-]?\d{1,19}$/;
const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i;

const isIntegerWithin =
  (minimum: bigint, maximum: bigint): Constraint =>
  (value) =>
    INTEGER.test(value) &&
    BigInt(value.replace('+', '')) >= minimum &&
    BigInt(value.replace('+', '')) <= maximum;

const LONG_MIN = -(2n ** 63n);
const LONG_MAX = 2n ** 63n - 1n;

const WITHOUT_ARGUMENT: Readonly<Record<string, Constraint>> = {
  int: isIntegerWithin(-(2n ** 31n), 2n ** 31n - 1n),
  long: isIntegerWithin(LONG_MIN, LONG_MAX),
  bool: (value) => /^(true|false)$/i.test(value),
  alpha: (value) => /^[a-z]*$/i.test(value),
  guid: (value) => /^\{?[0-9a-f]{8}(-?)[0-9a-f]{4}\1[0-9a-f]{4}\1[0-9a-f]{4}\1[0-9a-f]{12}\}?$/i.test(value),
  double: (value) => NUMBER.test(value),
  float: (value) => NUMBER.test(value),
  decimal: (value) => NUMBER.test(value) && !/e/i.test(value),
  required: (value) => value !== '',
};

/** Parses `int`, `range(1,5)`, `regex(^a+$)` and so on; undefined when the constraint is not one of ours. */
export function parseConstraint(text: string): Constraint | undefined {
  const plain = WITHOUT_ARGUMENT[text.toLowerCase()];
  if (plain !== undefined) return plain;
  const [, name, argument = ''] = /^([a-z]+)\((.*)\)$/i.exec(text) ?? [];
  if (name === undefined) return undefined;
  if (name.toLowerCase() === 'regex') {
    // In a template braces and backslashes are doubled. ASP.NET Core matches regardless of case.
    const pattern = new RegExp(
      argument.replace(/\{\{/g, '{').replace(/\}\}/g, '}').replace(/\\\\/g, '\\'),
      'i',
    );
    return (value) => pattern.test(value);
  }
  const numbers = argument.split(',').map((part) => part.trim());
  if (numbers.length > 2 || !numbers.every((part) => /^-?\d+$/.test(part))) return undefined;
  const [first = '0', second] = numbers;
  switch (name.toLowerCase()) {
    case 'length':
      return (value) => value.length >= Number(first) && value.length <= Number(second ?? first);
    case 'minlength':
      return (value) => value.length >= Number(first);
    case 'maxlength':
      return (value) => value.length <= Number(first);
    case 'min':
      return isIntegerWithin(BigInt(first), LONG_MAX);
    case 'max':
      return isIntegerWithin(LONG_MIN, BigInt(first));
    case 'range':
      return second === undefined ? undefined : isIntegerWithin(BigInt(first), BigInt(second));
    default:
      return undefined;
  }
}
