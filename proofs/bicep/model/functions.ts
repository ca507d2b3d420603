// The ways to call each function of Bicep, read from their table.
import { tokensOf } from '../parse/lexer';
import type { TypeSyntax } from '../parse/syntax';
import { createTokenReader, type TokenReader } from '../parse/token-reader';
import { typeExpression } from '../parse/type-expressions';
import { declaredType, type NamedTypes } from './declared-type';
import {
  FUNCTIONS_OF_BICEP,
  LIST_FUNCTION,
  METHODS,
  PROPERTIES_OF_RESULTS,
  PROPERTIES_OF_SCOPES,
} from './functions-of-bicep';
import { ANY, isNullable, type Scope, type Type } from './type';

export interface Signature {
  readonly params: readonly Type[];
  /** How many arguments it takes. */
  readonly least: number;
  readonly most: number;
  readonly returns: Type;
}

const NAMED: NamedTypes = {
  named: ([name]) =>
    name === 'never' ? { kind: 'never' } : name === 'lambda' ? { kind: 'lambda', returns: ANY } : ANY,
  ofResource: () => ANY,
};

const typeOf = (syntax: TypeSyntax): Type => declaredType(syntax, NAMED);

function readerOf(text: string): TokenReader {
  return createTokenReader(tokensOf(text), text.length);
}

function signatureOf(text: string): Signature {
  const reader = readerOf(text.replaceAll('…', '...'));
  const params: Type[] = [];
  let many = false;
  reader.mark('(', 'before the parameters');
  while (!reader.isMark(')')) {
    many = reader.skipMark('...') || many;
    params.push(typeOf(typeExpression(reader)));
    reader.skipMark(',');
  }
  reader.mark(')', 'behind the parameters');
  const returns = typeOf(typeExpression(reader));
  const optional = params.filter(
    (param) => param.kind === 'union' && isNullable(param) && param.members.length === 2,
  );
  // The one of which any number may stand may be missing, unless it is the only one.
  const least = params.length - optional.length - (many && params.length > 1 ? 1 : 0);
  return { params, least, most: many ? Infinity : params.length, returns };
}

const table = new Map<string, Signature[]>();
for (const line of FUNCTIONS_OF_BICEP.trim().split('\n')) {
  const name = line.slice(0, line.indexOf('('));
  table.set(name, [...(table.get(name) ?? []), signatureOf(line.slice(name.length))]);
}

export const FUNCTION_NAMES: readonly string[] = [...table.keys()];

/** Undefined: Bicep has no such function. */
export function signaturesOf(name: string): readonly Signature[] | undefined {
  return table.get(name) ?? (/^list[A-Z]\w*$/.test(name) ? [signatureOf(LIST_FUNCTION)] : undefined);
}

export function methodOf(name: string): Signature | undefined {
  const text = /^list[A-Z]\w*$/.test(name) ? METHODS['list'] : METHODS[name];
  return text === undefined ? undefined : signatureOf(text);
}

/** What a function tells, where that depends on its name alone. */
export function resultOf(name: string, argumentCount: number): Type | undefined {
  if (isScopeFunction(name)) {
    const type = typeOf(typeExpression(readerOf(argumentCount === 0 ? PROPERTIES_OF_SCOPES[name] : '{}')));
    return type.kind === 'object' ? { ...type, name, scope: name } : undefined;
  }
  const properties = PROPERTIES_OF_RESULTS[name];
  return properties === undefined ? undefined : typeOf(typeExpression(readerOf(properties)));
}

export const isScopeFunction = (name: string): name is Scope => Object.hasOwn(PROPERTIES_OF_SCOPES, name);
