// What secret a value holds, as far as it is written: followed through variables, members, strings, loops and outputs
// of modules. What a condition asks of a secret gives nothing away but its answer.
import { isDecorated, memberType } from '../model/declared-type';
import { memberOf, textOf } from '../model/file';
import type { Model } from '../model/model';
import { itemOf, type Type, withoutNull } from '../model/type';
import { partsOf } from '../model/walk';
import type { CallSyntax, Expression, ObjectSyntax, StringSyntax } from '../parse/syntax';

const KEY_IN_TEXT = /\b(AccountKey|SharedAccessKey|SharedAccessSignature|Password|Pwd)=|[?&]sig=/i;

/** Names of properties that are secrets, whatever the type data say. */
export const SECRET_PROPERTY =
  /((connectionString|(primary|secondary|access|shared|account|instrumentation|storage|admin|master|host|function|api)Key|passwords?|sasToken|secureValue|secret(Value|s)?)|(access|sas|auth|bearer|refresh|client)Token)$/i;

/** These tell whether, where or how long, not what. */
const TELL_NOTHING = ['empty', 'contains', 'length', 'startsWith', 'endsWith', 'indexOf', 'lastIndexOf'];

/** The names of loops and lambdas that hold here, each with the secret in what it goes over, if there is one. */
export type SecretLocals = ReadonlyMap<string, string | undefined>;

const NO_LOCALS: SecretLocals = new Map();
const DEEPEST = 60;

/** In words; undefined: none that can be seen. */
export function secretIn(
  value: Expression,
  model: Model,
  locals: SecretLocals = NO_LOCALS,
): string | undefined {
  return secretAt(value, [], { model, locals, depth: 0 });
}

/** With the names that a loop gives to what it goes over. */
export function localsOfLoop(
  list: Expression,
  names: readonly string[],
  model: Model,
  locals: SecretLocals,
): SecretLocals {
  const [item, ...others] = names;
  const hidden = others.map((name) => [name, undefined] as const);
  const secret = secretIn(list, model, locals);
  return new Map([...locals, ...hidden, ...(item === undefined ? [] : [[item, secret] as const])]);
}

interface Where {
  readonly model: Model;
  readonly locals: SecretLocals;
  readonly depth: number;
}

/** Of what stands at a path of members below the value. */
function secretAt(value: Expression, path: readonly string[], from: Where): string | undefined {
  if (from.depth > DEEPEST) return undefined;
  const where = { ...from, depth: from.depth + 1 };
  const { model, locals } = where;
  const again = (one: Expression, rest = path): string | undefined => secretAt(one, rest, where);
  const firstOf = (values: readonly Expression[], rest = path): string | undefined => {
    for (const one of values) {
      const secret = again(one, rest);
      if (secret !== undefined) return secret;
    }
    return undefined;
  };
  switch (value.kind) {
    case 'property':
      return again(value.base, [value.name.text, ...path]);
    case 'index': {
      const name = textOf(value.index);
      return again(value.base, name === undefined ? path : [name, ...path]);
    }
    case 'variable':
      return ofName(value.name.text, value, path, where);
    case 'nested':
      return ofResource(value, value.name.text, path, model);
    case 'object':
      return firstOf(...partsAt(value, path));
    case 'string':
      return firstOf(value.values) ?? keyIn(value);
    case 'for': {
      const names = [value.item.text, ...(value.index === undefined ? [] : [value.index.text])];
      const inner = localsOfLoop(value.list, names, model, locals);
      return secretAt(value.body, path, { ...where, locals: inner });
    }
    case 'call':
      return ofCall(value, path, where);
    case 'ternary':
      return firstOf([value.whenTrue, value.whenFalse]);
    case 'binary':
      return value.operator === '??' ? firstOf([value.left, value.right]) : undefined;
    case 'if':
      return again(value.body);
    case 'array':
    case 'sure':
    case 'lambda':
      return firstOf(partsOf(value));
    case 'unary':
    case 'number':
    case 'boolean':
    case 'null':
      return undefined;
  }
}

function keyIn({ texts }: StringSyntax): string | undefined {
  return texts.some((text) => KEY_IN_TEXT.test(text)) ? 'a string with a key in it' : undefined;
}

/** The parts of an object that stand at a path, and what is left of the path below them. */
function partsAt(value: ObjectSyntax, path: readonly string[]): [readonly Expression[], readonly string[]] {
  const [first, ...rest] = path;
  const member = first === undefined ? undefined : memberOf(value, first);
  if (member !== undefined) return [[member.value], rest];
  if (first === undefined) return [partsOf(value), []];
  return [value.members.flatMap((one) => (one.kind === 'spread' ? [one.value] : [])), path];
}

function ofName(name: string, value: Expression, path: readonly string[], where: Where): string | undefined {
  const { model, locals } = where;
  // `items` gives each member as { key, value }; its key is no secret.
  if (locals.has(name)) return path[0] === 'key' ? undefined : locals.get(name);
  const declaration = model.file.declarations.get(name);
  switch (declaration?.kind) {
    case 'param': {
      const type = path.reduce(memberThrough, model.paramType(declaration));
      const isSecret = isDecorated(declaration.decorators, 'secure') || isSecretString(type);
      return isSecret ? `the secret "${name}"` : undefined;
    }
    case 'var':
      return secretAt(declaration.value, path, { ...where, locals: NO_LOCALS });
    case 'imported': {
      const found = model.imported(declaration);
      if (found?.declaration?.kind !== 'var') return undefined;
      return secretAt(found.declaration.value, path, { ...where, model: found.model, locals: NO_LOCALS });
    }
    case 'resource':
      return ofResource(value, name, path, model);
    case 'module': {
      const inner = model.moduleModel(declaration);
      const output = inner?.file.outputs.find((one) => one.name.text === path[1]);
      if (inner === undefined || output === undefined || path[0] !== 'outputs') return undefined;
      if (isDecorated(output.decorators, 'secure')) return 'a secure output of a module';
      return secretAt(output.value, path.slice(2), { ...where, model: inner, locals: NO_LOCALS });
    }
    case 'type':
    case 'func':
    case undefined:
      return undefined;
  }
}

function ofCall(call: CallSyntax, path: readonly string[], where: Where): string | undefined {
  const name = call.name.text;
  if (TELL_NOTHING.includes(name)) return undefined;
  if (/^list[A-Z]/.test(name) || name === 'getSecret') return `what "${name}" tells`;
  const last = path.at(-1);
  if (name === 'reference' && last !== undefined && SECRET_PROPERTY.test(last))
    return `"${last}" of a resource`;
  const [list] = call.args;
  for (const part of partsOf(call)) {
    const locals =
      part.kind === 'lambda' && list !== undefined
        ? localsOfLoop(
            list,
            part.params.map(({ text }) => text),
            where.model,
            where.locals,
          )
        : where.locals;
    // What a function makes of its arguments is not followed by name, but for those that put objects together.
    const rest = ['union', 'shallowMerge', 'any'].includes(name) ? path : [];
    const secret = secretAt(part, rest, { ...where, locals });
    if (secret !== undefined) return secret;
  }
  return undefined;
}

function ofResource(
  value: Expression,
  symbol: string,
  path: readonly string[],
  model: Model,
): string | undefined {
  const whole = model.typeOf(value);
  const type = path.reduce(memberThrough, itemThrough(whole));
  const last = path.at(-1);
  if (last === undefined) return undefined;
  if (SECRET_PROPERTY.test(last) || isSecretString(type)) return `"${last}" of "${symbol}"`;
  const inside = type.kind === 'object' ? [...type.properties.entries()] : [];
  const secret = inside.find(
    ([name, property]) => (property.readOnly && SECRET_PROPERTY.test(name)) || isSecretString(property.type),
  );
  return secret === undefined ? undefined : `"${secret[0]}" of "${symbol}", which is in its "${last}"`;
}

export const isSecretString = (type: Type): boolean => type.kind === 'string' && type.secret === true;

/** What a list holds, also where it may be missing; another type as it is. */
const itemThrough = (type: Type): Type => itemOf(withoutNull(type)) ?? withoutNull(type);

const memberThrough = (type: Type, name: string): Type => itemThrough(memberType(type, name));
