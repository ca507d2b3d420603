// Whether a value of one type may stand where another is expected.
import { isNullable, type ObjectType, saidOfType, type Type, withoutNull } from '../model/type';
import { didYouMean } from '../nearest';

const DEEPEST = 12;

/** Why it may not; undefined: it may. */
export function misfit(actual: Type, expected: Type, path = ''): string | undefined {
  if (actual === expected || actual.kind === 'any' || actual.kind === 'never' || expected.kind === 'any')
    return undefined;
  // Azure's types lead back to themselves.
  if (path.split('.').length > DEEPEST) return undefined;
  if (actual.kind === 'union') return firstOf(actual.members, (member) => misfit(member, expected, path));
  if (expected.kind === 'union') return misfitOfUnion(actual, expected.members, path);
  const wrong = `${path === '' ? '' : `"${path}": `}expected ${saidOfType(expected)}, found ${saidOfType(actual)}.`;
  switch (expected.kind) {
    case 'never':
    case 'null':
    case 'lambda':
      return actual.kind === expected.kind ? undefined : wrong;
    case 'bool':
      if (actual.kind !== 'bool') return wrong;
      return contradicts(actual.value, expected.value) ? wrong : undefined;
    case 'int': {
      if (actual.kind !== 'int' || contradicts(actual.value, expected.value)) return wrong;
      return outside(actual.value, expected, 'is', path);
    }
    case 'string': {
      if (actual.kind !== 'string' || contradicts(actual.value, expected.value)) return wrong;
      return (
        outside(actual.value?.length, expected, 'is a string of length', path) ??
        otherForm(actual.value, expected, path)
      );
    }
    case 'array':
      return actual.kind === 'array' ? misfit(actual.item, expected.item, `${path}[]`) : wrong;
    case 'object':
      return actual.kind === 'object' ? misfitOfObject(actual, expected, path) : wrong;
    case 'discriminated':
      return actual.kind === 'object' || actual.kind === 'discriminated' ? undefined : wrong;
  }
}

/** Two literals that differ; what is no literal may be anything. */
function contradicts<T>(actual: T | undefined, expected: T | undefined): boolean {
  return actual !== undefined && expected !== undefined && actual !== expected;
}

function misfitOfUnion(actual: Type, members: readonly Type[], path: string): string | undefined {
  const literals = members.flatMap((member) =>
    member.kind === 'string' && member.value !== undefined ? [member.value] : [],
  );
  if (actual.kind === 'string' && literals.length > 0) return unknownLiteral(actual.value, literals, path);
  const reasons = members.map((member) => misfit(actual, member, path));
  if (reasons.some((reason) => reason === undefined)) return undefined;
  const only = withoutNull({ kind: 'union', members });
  if (only.kind !== 'union') return misfit(actual, only, path);
  return `${path === '' ? '' : `"${path}": `}expected ${saidOfType({ kind: 'union', members })}, found ${saidOfType(actual)}.`;
}

/** Azure takes other literals where its list is an open one, but says so of none: one that is not listed is refused. */
function unknownLiteral(
  value: string | undefined,
  literals: readonly string[],
  path: string,
): string | undefined {
  if (value === undefined || literals.includes(value)) return undefined;
  const allowed = literals.map((literal) => `'${literal}'`).join(', ');
  return `${path === '' ? '' : `"${path}": `}'${value}' is none of ${allowed}.${didYouMean(value, literals)}`;
}

function outside(
  value: number | undefined,
  { min, max }: { readonly min?: number | undefined; readonly max?: number | undefined },
  what: string,
  path: string,
): string | undefined {
  if (value === undefined) return undefined;
  const said = `${path === '' ? 'it' : `"${path}"`} ${what} ${value}`;
  if (min !== undefined && value < min) return `${said}, must be at least ${min}.`;
  return max !== undefined && value > max ? `${said}, must be at most ${max}.` : undefined;
}

function otherForm(
  value: string | undefined,
  { pattern }: { readonly pattern?: string | undefined },
  path: string,
): string | undefined {
  if (value === undefined || pattern === undefined) return undefined;
  let form: RegExp;
  try {
    form = new RegExp(pattern);
  } catch {
    // A pattern that only .NET reads tells nothing here.
    return undefined;
  }
  return form.test(value)
    ? undefined
    : `${path === '' ? '' : `"${path}": `}'${value}' does not have the form ${pattern}.`;
}

function misfitOfObject(actual: ObjectType, expected: ObjectType, path: string): string | undefined {
  const inner = (name: string): string => (path === '' ? name : `${path}.${name}`);
  return (
    firstOf(actual.properties, ([name, { type }]) => {
      const property = expected.properties.get(name);
      if (property !== undefined) {
        if (isNullable(type) && !property.required)
          return misfit(withoutNull(type), property.type, inner(name));
        return misfit(type, property.type, inner(name));
      }
      if (expected.others !== undefined) return misfit(type, expected.others, inner(name));
      return `"${inner(name)}" is no property of ${saidOfType(expected)}.${didYouMean(name, expected.properties.keys())}`;
    }) ??
    (actual.others === undefined
      ? firstOf(expected.properties, ([name, { required }]) =>
          required && !actual.properties.has(name) ? `"${inner(name)}" is missing.` : undefined,
        )
      : undefined)
  );
}

function firstOf<T>(all: Iterable<T>, of: (one: T) => string | undefined): string | undefined {
  for (const one of all) {
    const found = of(one);
    if (found !== undefined) return found;
  }
  return undefined;
}
