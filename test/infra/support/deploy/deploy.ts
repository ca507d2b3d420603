// Plays the deployment of a Bicep file: what it would make, with what in it, where. Nothing of Azure's rules is checked
// here; `npm run verify:bicep` does that.
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { parse } from '../../../../proofs/bicep/parse/parse';
import type {
  Expression,
  ModuleSyntax,
  ResourceSyntax,
  Statement,
} from '../../../../proofs/bicep/parse/syntax';
import { evaluate, indexOf, type Scope, within } from './evaluate';
import { known, type Place, placeOf } from './place';
import { answered } from './runtime';
import { asList, asObject, asText, isObject, type Value, type ValueObject } from './value';

interface Made {
  readonly id: string;
  /** Without its version. */
  readonly type: string;
  readonly name: string;
  readonly body: ValueObject;
  /** The file that it stands in. */
  readonly file: string;
}

export interface Deployed {
  readonly made: readonly Made[];
  readonly outputs: ValueObject;
}

/** Throws an Error that names the file, where an expression can't be computed. */
export function deploy(file: string, params: ValueObject, place: Place, name = 'main'): Deployed {
  const { statements, faults } = parse(readFileSync(file, 'utf8'));
  if (faults.length > 0) throw new Error(`${file}: ${faults.map(({ message }) => message).join(' ')}`);
  const made: Made[] = [];
  const values = new Map<string, Value>();
  const scope: Scope = {
    lookUp: (symbol) => {
      const found = values.get(symbol) ?? computed(symbol);
      values.set(symbol, found);
      return found;
    },
    called: (called, args, base) => known(called, args, base, place, name),
  };
  const computed = (symbol: string): Value => {
    const statement = statements.find(
      (one) => 'name' in one && one.name.text === symbol && one.kind !== 'output',
    );
    if (statement === undefined) throw new Error(`${file}: "${symbol}" is not declared`);
    return valueOf(statement);
  };
  const valueOf = (statement: Statement): Value => {
    switch (statement.kind) {
      case 'param': {
        const given = params[statement.name.text];
        if (given !== undefined) return given;
        if (statement.value === undefined) throw new Error(`${file}: "${statement.name.text}" is not given`);
        return evaluate(statement.value, scope);
      }
      case 'var':
        return evaluate(statement.value, scope);
      case 'resource':
        return each(statement.value, (body, at) => resource(statement, body, at));
      case 'module':
        return each(statement.value, (body, at) => moduleOf(statement, body, at));
      case 'output':
      case 'type':
      case 'func':
      case 'import':
      case 'targetScope':
      case 'metadata':
      case 'assert':
      case 'using':
        throw new Error(`${file}: a ${statement.kind} has no value here`);
    }
  };
  /** A declaration's body, once, for each item of its loop, or not at all. */
  const each = (value: Expression, one: (body: Expression, at: Scope) => Value): Value => {
    if (value.kind === 'if') return evaluate(value.condition, scope) === true ? one(value.body, scope) : null;
    if (value.kind !== 'for') return one(value, scope);
    return asList(evaluate(value.list, scope)).map((item, index) =>
      one(value.body, within(scope, { [value.item.text]: item, ...indexOf(value.index?.text, index) })),
    );
  };
  const resource = ({ type, existing }: ResourceSyntax, value: Expression, at: Scope): Value => {
    const body = asObject(evaluate(value, at));
    const kind = asText(evaluate(type, at)).replace(/@.*$/, '');
    const id = placeOf(kind, body, place);
    const whole = { ...body, id, ...answered(kind, body) };
    if (!existing) made.push({ id, type: kind, name: asText(body['name'] ?? ''), body, file });
    return whole;
  };
  const moduleOf = ({ path }: ModuleSyntax, value: Expression, at: Scope): Value => {
    const { name: called = '', params: given = {}, scope: where } = asObject(evaluate(value, at));
    const target = join(dirname(file), asText(evaluate(path, at)));
    const inner = deploy(target, asObject(given), placeIn(where, place), asText(called));
    made.push(...inner.made);
    return { outputs: inner.outputs };
  };
  for (const statement of statements)
    if (statement.kind === 'resource' || statement.kind === 'module') scope.lookUp(statement.name.text);
  const outputs: ValueObject = Object.fromEntries(
    statements.flatMap((one) => (one.kind === 'output' ? [[one.name.text, evaluate(one.value, scope)]] : [])),
  );
  return { made, outputs };
}

/** A module's scope: a resource group or a subscription; without one, that of its file. */
function placeIn(where: Value | undefined, place: Place): Place {
  if (where === undefined || !isObject(where)) return place;
  const id = asText(where['id'] ?? '');
  const [, , subscriptionId = '', , resourceGroup] = id.split('/');
  return resourceGroup === undefined ? { subscriptionId } : { subscriptionId, resourceGroup };
}
