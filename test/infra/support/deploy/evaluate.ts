// Computes expressions of Bicep, as Azure Resource Manager would when it deploys them.
import type { CallSyntax, Expression } from '../../../../proofs/bicep/parse/syntax';
import { asBoolean, asList, asObject, asText, inText, isObject, type Value, type ValueObject } from './value';

/** What names stand for, and what functions give, where an expression stands. */
export interface Scope {
  lookUp(name: string): Value;
  /** Of a function that knows where it is deployed, such as `resourceGroup`; undefined: it is none of these. */
  called(name: string, args: readonly Value[], base: Value | undefined): Value | undefined;
}

export function evaluate(expression: Expression, scope: Scope): Value {
  const of = (inner: Expression): Value => evaluate(inner, scope);
  switch (expression.kind) {
    case 'string':
      return expression.texts.reduce((text, next, index) => {
        const value = expression.values[index - 1];
        return `${text}${value === undefined ? '' : inText(of(value))}${next}`;
      });
    case 'number':
    case 'boolean':
      return expression.value;
    case 'null':
      return null;
    case 'object':
      return Object.fromEntries(
        expression.members.flatMap((member): [string, Value][] =>
          member.kind === 'spread'
            ? Object.entries(asObject(of(member.value)))
            : [['text' in member.key ? member.key.text : asText(of(member.key)), of(member.value)]],
        ),
      );
    case 'array':
      return expression.items.flatMap((item) =>
        item.kind === 'spread' ? asList(of(item.value)) : [of(item)],
      );
    case 'for':
      return asList(of(expression.list)).map((item, index) =>
        evaluate(
          expression.body,
          within(scope, { [expression.item.text]: item, ...indexOf(expression.index?.text, index) }),
        ),
      );
    case 'variable':
      return scope.lookUp(expression.name.text);
    case 'property':
      return member(of(expression.base), expression.name.text, expression.safe);
    case 'index':
      return indexed(of(expression.base), of(expression.index));
    case 'sure':
      return of(expression.base);
    case 'ternary':
      return asBoolean(of(expression.condition)) ? of(expression.whenTrue) : of(expression.whenFalse);
    case 'unary':
      return expression.operator === '!'
        ? !asBoolean(of(expression.operand))
        : -Number(of(expression.operand));
    case 'binary':
      return binary(expression.operator, of(expression.left), () => of(expression.right));
    case 'call':
      return call(expression, scope);
    case 'if':
    case 'lambda':
    case 'nested':
      throw new Error(`${expression.kind} has no value of its own here`);
  }
}

/** The scope with more names. */
export function within(scope: Scope, names: ValueObject): Scope {
  return { ...scope, lookUp: (name) => names[name] ?? scope.lookUp(name) };
}

export function indexOf(name: string | undefined, index: number): ValueObject {
  return name === undefined ? {} : { [name]: index };
}

function member(base: Value, name: string, safe: boolean): Value {
  const found = isObject(base) ? base[name] : undefined;
  if (found !== undefined) return found;
  if (safe) return null;
  throw new Error(`no "${name}" in ${JSON.stringify(base).slice(0, 200)}`);
}

function indexed(base: Value, index: Value): Value {
  const found = isObject(base) ? base[asText(index)] : asList(base)[Number(index)];
  if (found !== undefined) return found;
  throw new Error(`no [${inText(index)}] in ${JSON.stringify(base).slice(0, 200)}`);
}

function binary(operator: string, left: Value, right: () => Value): Value {
  switch (operator) {
    case '&&':
      return asBoolean(left) && asBoolean(right());
    case '||':
      return asBoolean(left) || asBoolean(right());
    case '??':
      return left ?? right();
    case '==':
      return JSON.stringify(left) === JSON.stringify(right());
    case '!=':
      return JSON.stringify(left) !== JSON.stringify(right());
    case '>':
      return Number(left) > Number(right());
    default:
      throw new Error(`the operator ${operator} is not played here`);
  }
}

function call({ name, args, base }: CallSyntax, scope: Scope): Value {
  const [first, second] = args;
  if (second?.kind === 'lambda' && first !== undefined)
    return overList(name.text, asList(evaluate(first, scope)), second, scope);
  const values = args.map((arg) => evaluate(arg, scope));
  const on = base === undefined ? undefined : evaluate(base, scope);
  return scope.called(name.text, values, on) ?? plain(name.text, values);
}

function overList(
  name: string,
  list: readonly Value[],
  { params, body }: Extract<Expression, { kind: 'lambda' }>,
  scope: Scope,
): Value {
  const of = (item: Value): Value => evaluate(body, within(scope, { [params[0]?.text ?? '']: item }));
  switch (name) {
    case 'map':
      return list.map(of);
    case 'filter':
      return list.filter((item) => asBoolean(of(item)));
    default:
      throw new Error(`${name} with a lambda is not played here`);
  }
}

/** Functions that know nothing but their arguments. */
function plain(name: string, args: readonly Value[]): Value {
  const [first = null, second = null] = args;
  switch (name) {
    case 'concat':
      return args.flatMap((list) => asList(list));
    case 'flatten':
      return asList(first).flatMap((list) => asList(list));
    case 'union':
      return isObject(first)
        ? Object.fromEntries(args.flatMap((one) => Object.entries(asObject(one))))
        : distinct(args.flatMap((list) => asList(list)));
    case 'contains':
      return isObject(first)
        ? asText(second) in first
        : typeof first === 'string'
          ? first.includes(asText(second))
          : asList(first).includes(second);
    case 'empty':
      return first === null || first === '' || (typeof first === 'object' && Object.keys(first).length === 0);
    case 'items':
      return Object.entries(asObject(first))
        .toSorted(([one], [other]) => (one < other ? -1 : 1))
        .map(([key, value]) => ({ key, value }));
    case 'split':
      return asText(first).split(asText(second));
    case 'last':
      return asList(first).at(-1) ?? null;
    case 'string':
      return inText(first);
    case 'json':
      return JSON.parse(asText(first)) as Value;
    case 'toLower':
      return asText(first).toLowerCase();
    case 'substring':
      return asText(first).slice(Number(second), Number(second) + Number(args[2]));
    case 'guid':
    case 'uniqueString':
      return digest(args.map(inText).join('-'), name === 'guid' ? 32 : 13);
    default:
      throw new Error(`the function ${name} is not played here`);
  }
}

function distinct(list: readonly Value[]): Value {
  return [...new Map(list.map((item) => [JSON.stringify(item), item])).values()];
}

/** Not Azure's own: the same for the same, and different for different. */
function digest(text: string, length: number): string {
  let state = 2166136261;
  let found = '';
  for (let round = 0; found.length < length; round++) {
    for (const character of `${round}${text}`)
      state = Math.imul(state ^ (character.codePointAt(0) ?? 0), 16777619) >>> 0;
    found += state.toString(16).padStart(8, '0');
  }
  return found.slice(0, length);
}
