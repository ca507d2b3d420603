// The values of parameters, variables and outputs are of the types that are declared for them, and decorators say what
// they can say.
import { argumentOf, numberOf } from '../model/declared-type';
import { textOf } from '../model/file';
import { saidOfType, type Type, withoutNull } from '../model/type';
import { didYouMean } from '../nearest';
import type { CallSyntax, Expression, Statement } from '../parse/syntax';
import { assign } from './assign';
import type { Report, Rule } from './rule';

export const declaredValues: Rule = (model, report) => {
  for (const statement of model.file.statements) {
    switch (statement.kind) {
      case 'param':
        if (statement.type === undefined)
          report(statement.name, `The parameter "${statement.name.text}" has no type.`);
        if (statement.value !== undefined)
          assign(statement.value, model.paramType(statement), `The default of "${statement.name.text}"`, {
            model,
            report,
          });
        checkDecorators(statement.decorators, statement.kind, model.paramType(statement), report);
        if (statement.type !== undefined)
          checkAllowed(
            argumentOf(statement.decorators, 'allowed'),
            withoutNull(model.writtenType(statement.type)),
            report,
          );
        break;
      case 'output':
        assign(statement.value, model.outputType(statement), `The output "${statement.name.text}"`, {
          model,
          report,
        });
        checkDecorators(statement.decorators, statement.kind, model.outputType(statement), report);
        break;
      case 'var':
        if (statement.type !== undefined)
          assign(
            statement.value,
            model.writtenType(statement.type),
            `The variable "${statement.name.text}"`,
            { model, report },
          );
        checkDecorators(statement.decorators, statement.kind, undefined, report);
        break;
      case 'resource':
      case 'module':
      case 'type':
      case 'func':
        checkDecorators(statement.decorators, statement.kind, undefined, report);
        break;
      case 'import':
      case 'targetScope':
      case 'metadata':
      case 'assert':
      case 'using':
        break;
    }
  }
};

interface DecoratorRule {
  readonly on: readonly Statement['kind'][];
  readonly takes: readonly ('string' | 'int' | 'array' | 'object' | 'any')[];
  /** Of the value that is decorated. */
  readonly kinds?: readonly Type['kind'][];
}

const TYPED = ['param', 'output', 'type'] as const;

const DECORATORS: Readonly<Record<string, DecoratorRule>> = {
  description: { on: [...TYPED, 'var', 'resource', 'module', 'func'], takes: ['string'] },
  metadata: { on: TYPED, takes: ['object'] },
  secure: { on: TYPED, takes: [], kinds: ['string', 'object'] },
  allowed: { on: ['param'], takes: ['array'] },
  minValue: { on: TYPED, takes: ['int'], kinds: ['int'] },
  maxValue: { on: TYPED, takes: ['int'], kinds: ['int'] },
  minLength: { on: TYPED, takes: ['int'], kinds: ['string', 'array'] },
  maxLength: { on: TYPED, takes: ['int'], kinds: ['string', 'array'] },
  batchSize: { on: ['resource', 'module'], takes: ['int'] },
  export: { on: ['type', 'var', 'func'], takes: [] },
  sealed: { on: TYPED, takes: [] },
  discriminator: { on: TYPED, takes: ['string'] },
  onlyIfNotExists: { on: ['resource'], takes: [] },
  retryOn: { on: ['resource'], takes: ['array', 'int'] },
  waitUntil: { on: ['resource'], takes: ['any', 'any'] },
};

function checkDecorators(
  decorators: readonly CallSyntax[],
  on: Statement['kind'],
  type: Type | undefined,
  report: Report,
): void {
  const seen = new Set<string>();
  for (const decorator of decorators) {
    const name = decorator.name.text;
    if (seen.has(name)) report(decorator.name, `@${name} stands twice.`);
    seen.add(name);
    const rule = DECORATORS[name];
    if (rule === undefined)
      report(decorator.name, `There is no decorator "@${name}".${didYouMean(name, Object.keys(DECORATORS))}`);
    else checkDecorator(decorator, rule, on, type, report);
  }
  for (const [least, most] of [
    ['minValue', 'maxValue'],
    ['minLength', 'maxLength'],
  ] as const) {
    const low = numberOf(argumentOf(decorators, least));
    const high = argumentOf(decorators, most);
    const highest = numberOf(high);
    if (low !== undefined && high !== undefined && highest !== undefined && low > highest)
      report(high, `@${most} is ${highest}, less than @${least}, which is ${low}.`);
  }
}

function checkDecorator(
  { name, args }: CallSyntax,
  { on: places, takes, kinds }: DecoratorRule,
  on: Statement['kind'],
  type: Type | undefined,
  report: Report,
): void {
  const said = `@${name.text}`;
  if (!places.includes(on)) report(name, `${said} can't stand before a ${on}.`);
  const most = takes.length;
  const least = name.text === 'retryOn' ? 1 : most;
  if (args.length < least || args.length > most)
    report(name, `${said} takes ${most} argument${most === 1 ? '' : 's'}, ${args.length} are given.`);
  for (const [index, arg] of args.entries()) {
    const expected = takes[index];
    if (expected !== undefined && expected !== 'any' && kindOf(arg) !== undefined && kindOf(arg) !== expected)
      report(arg, `${said} takes a ${expected}, found a ${kindOf(arg) ?? 'value'}.`);
  }
  const bare = type === undefined ? undefined : withoutNull(type);
  const decorated = bare?.kind === 'union' ? bare.members[0] : bare;
  if (
    kinds !== undefined &&
    decorated !== undefined &&
    decorated.kind !== 'any' &&
    !kinds.includes(decorated.kind)
  )
    report(name, `${said} can't stand before a value of type ${saidOfType(decorated)}.`);
}

function kindOf(value: Expression): 'string' | 'int' | 'array' | 'object' | undefined {
  if (textOf(value) !== undefined) return 'string';
  if (numberOf(value) !== undefined) return 'int';
  return value.kind === 'array' || value.kind === 'object' ? value.kind : undefined;
}

function checkAllowed(values: Expression | undefined, plain: Type, report: Report): void {
  if (values?.kind !== 'array') return;
  if (values.items.length === 0) report(values, '@allowed allows nothing.');
  for (const item of values.items) {
    const found = item.kind === 'spread' ? undefined : kindOf(item);
    if (item.kind !== 'spread' && found !== undefined && plain.kind !== 'array' && found !== plain.kind)
      report(item, `@allowed holds a ${found}, the parameter is of type ${saidOfType(plain)}.`);
  }
}
