// Holds a value against the type that is expected where it stands: member by member, so that each fault is told at its
// own place.
import { textOf } from '../model/file';
import { lambdaLocals, loopLocals } from '../model/infer';
import type { Locals } from '../model/locals';
import { mappedList } from '../model/mapped-list';
import type { Model } from '../model/model';
import {
  isNullable,
  NULL,
  type ObjectType,
  type Property,
  saidOfType,
  type Type,
  unionOf,
  withoutNull,
} from '../model/type';
import { didYouMean } from '../nearest';
import type { Expression, Member, ObjectSyntax } from '../parse/syntax';
import { misfit } from './fits';
import type { Report } from './rule';

export interface Assigning {
  readonly model: Model;
  readonly report: Report;
  /** Whether a property that only Azure sets may stand there: of a resource that exists already. */
  readonly readOnlyAllowed?: boolean;
}

/** `what`: how a message calls the place, as `"properties.sku"`. */
export function assign(
  value: Expression,
  expected: Type,
  what: string,
  to: Assigning,
  locals?: Locals,
): void {
  const again = (one: Expression, type: Type, place: string, inner = locals): void =>
    assign(one, type, place, to, inner);
  switch (value.kind) {
    case 'object':
      assignObject(value, expected, what, to, locals);
      return;
    case 'array': {
      const item = expectedItem(expected);
      if (item === undefined) break;
      value.items.forEach((one, index) => {
        if (one.kind === 'spread') again(one.value, { kind: 'array', item }, `${what}[${index}]`);
        else again(one, item, `${what}[${index}]`);
      });
      refuseLength(value.items.length, value, expected, what, to);
      return;
    }
    case 'for': {
      const item = expectedItem(expected);
      if (item === undefined) break;
      again(
        value.body,
        item,
        `${what}[]`,
        loopLocals(value, (one) => to.model.typeOf(one, locals), locals),
      );
      return;
    }
    case 'if':
      again(value.body, expected, what);
      return;
    case 'ternary':
      again(value.whenTrue, expected, what);
      again(value.whenFalse, expected, what);
      return;
    case 'binary':
      if (value.operator !== '??') break;
      again(value.right, expected, what);
      return;
    case 'call': {
      const item = expectedItem(expected);
      const mapped = value.base === undefined ? mappedList(value) : undefined;
      if (mapped === undefined || item === undefined) break;
      again(
        mapped.lambda.body,
        item,
        `${what}[]`,
        lambdaLocals(mapped.lambda, value, (one) => to.model.typeOf(one, locals), locals),
      );
      return;
    }
    case 'boolean':
    case 'index':
    case 'lambda':
    case 'nested':
    case 'null':
    case 'number':
    case 'property':
    case 'string':
    case 'sure':
    case 'unary':
    case 'variable':
      break;
  }
  const reason = misfit(to.model.typeOf(value, locals), expected);
  if (reason !== undefined) to.report(value, `${what}: ${reason}`);
}

function expectedItem(expected: Type): Type | undefined {
  const type = withoutNull(expected);
  if (type.kind === 'array') return type.item;
  if (type.kind !== 'union') return undefined;
  const lists = type.members.filter((member) => member.kind === 'array');
  return lists.length === 0 ? undefined : unionOf(lists.map(({ item }) => item));
}

function refuseLength(
  length: number,
  at: Expression,
  expected: Type,
  what: string,
  { report }: Assigning,
): void {
  const type = withoutNull(expected);
  if (type.kind !== 'array') return;
  if (type.min !== undefined && length < type.min)
    report(at, `${what}: has ${length} items, must have at least ${type.min}.`);
  if (type.max !== undefined && length > type.max)
    report(at, `${what}: has ${length} items, must have at most ${type.max}.`);
}

function assignObject(
  object: ObjectSyntax,
  expected: Type,
  what: string,
  to: Assigning,
  locals: Locals | undefined,
): void {
  const type = withoutNull(expected);
  const known = type.kind === 'discriminated' ? elementFor(object, type, what, to) : type;
  if (known === undefined) return;
  const choices = known.kind === 'union' ? known.members.filter((member) => member.kind === 'object') : [];
  const [only] = choices;
  if (known.kind === 'object') assignMembers(object, known, what, to, locals);
  else if (only !== undefined && choices.length === 1) assignMembers(object, only, what, to, locals);
  else {
    const reason = misfit(to.model.typeOf(object, locals), known);
    if (reason !== undefined) to.report(object, `${what}: ${reason}`);
  }
}

function elementFor(
  object: ObjectSyntax,
  { key, elements, name }: Type & { readonly kind: 'discriminated' },
  what: string,
  to: Assigning,
): Type | undefined {
  const member = object.members.find((one): one is Member => one.kind === 'member' && nameOf(one) === key);
  if (member === undefined) {
    if (object.members.every((one) => one.kind === 'member'))
      to.report(object, `${what}: "${key}" is missing: it tells which ${name} it is.`);
    return undefined;
  }
  const value = textOf(member.value);
  if (value === undefined) return undefined;
  const element = elements.get(value);
  if (element !== undefined) return element;
  const allowed = [...elements.keys()].map((one) => `'${one}'`).join(', ');
  to.report(
    member.value,
    `${what}: "${key}" is '${value}', must be one of ${allowed}.${didYouMean(value, elements.keys())}`,
  );
  return undefined;
}

const nameOf = ({ key }: Member): string | undefined => ('text' in key ? key.text : textOf(key));

function assignMembers(
  object: ObjectSyntax,
  expected: ObjectType,
  what: string,
  to: Assigning,
  locals: Locals | undefined,
): void {
  const { report } = to;
  const given = new Set<string>();
  let mayHaveMore = false;
  for (const member of object.members) {
    const name = member.kind === 'spread' ? undefined : nameOf(member);
    if (member.kind === 'spread' || name === undefined) {
      mayHaveMore = true;
      if (member.kind === 'member' && expected.others !== undefined)
        assign(member.value, expected.others, `${what}[…]`, to, locals);
      continue;
    }
    given.add(name);
    const property = expected.properties.get(name);
    const place = `${what}.${name}`;
    if (property !== undefined) {
      if (property.readOnly && to.readOnlyAllowed !== true)
        report(member.key, `${place} is set by Azure alone: remove it.`);
      else assign(member.value, typeIn(property), place, to, locals);
    } else if (expected.others !== undefined) assign(member.value, expected.others, place, to, locals);
    else report(member.key, unknownProperty(name, expected, what));
  }
  if (mayHaveMore) return;
  for (const [name, { required, readOnly }] of expected.properties)
    if (required && !readOnly && !given.has(name))
      report(object, `${what}: "${name}" is missing; ${saidOfType(expected)} needs it.`);
}

/** Null stands for a property that is left out. */
function typeIn({ type, required }: Property): Type {
  return required || isNullable(type) ? type : unionOf([type, NULL]);
}

function unknownProperty(name: string, expected: ObjectType, what: string): string {
  const own = didYouMean(name, expected.properties.keys());
  const deeper = [...expected.properties].find(
    ([, { type }]) => type.kind === 'object' && type.properties.has(name),
  );
  const hint = deeper === undefined ? own : ` It belongs into "${deeper[0]}".`;
  return `${what} has no property "${name}" (${saidOfType(expected)}).${hint}`;
}
