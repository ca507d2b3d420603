// Parses what a file declares: parameters, variables, resources, modules, outputs, types and functions.
import { arrayOrLoop, condition, isLoop, loop, objectLiteral } from './collections';
import { decorators } from './decorators';
import { expression } from './expressions';
import { SyntaxFault } from './fault';
import { string } from './strings';
import type {
  CallSyntax,
  Expression,
  FunctionDeclaration,
  ImportSyntax,
  Name,
  ObjectSyntax,
  ResourceSyntax,
  Statement,
  TypeSyntax,
} from './syntax';
import { saidOf } from './token';
import type { TokenReader } from './token-reader';
import { typeExpression } from './type-expressions';

type Parse = (reader: TokenReader, decorators: readonly CallSyntax[], start: number) => Statement;

const PARSERS: Readonly<Record<string, Parse>> = {
  targetScope(reader, _, start) {
    reader.mark('=', 'behind "targetScope"');
    const value = expression(reader);
    return { kind: 'targetScope', value, start, end: value.end };
  },
  metadata(reader, _, start) {
    const name = reader.name('the name of the metadata');
    reader.mark('=', 'behind the name');
    const value = expression(reader);
    return { kind: 'metadata', name, value, start, end: value.end };
  },
  assert(reader, _, start) {
    const name = reader.name('the name of the assertion');
    reader.mark('=', 'behind the name');
    const value = expression(reader);
    return { kind: 'assert', name, value, start, end: value.end };
  },
  param(reader, given, start) {
    const name = reader.name('the name of the parameter');
    const type = reader.isMark('=') ? undefined : typeExpression(reader);
    const value = reader.skipMark('=') ? expression(reader) : undefined;
    return { kind: 'param', decorators: given, name, type, value, start, end: reader.lastEnd() };
  },
  var(reader, given, start) {
    const name = reader.name('the name of the variable');
    const type = reader.isMark('=') ? undefined : typeExpression(reader);
    reader.mark('=', 'behind the name of the variable');
    const value = expression(reader);
    return { kind: 'var', decorators: given, name, type, value, start, end: value.end };
  },
  output(reader, given, start) {
    const name = reader.name('the name of the output');
    const type = typeExpression(reader);
    reader.mark('=', 'behind the type of the output');
    const value = expression(reader);
    return { kind: 'output', decorators: given, name, type, value, start, end: value.end };
  },
  type(reader, given, start) {
    const name = reader.name('the name of the type');
    reader.mark('=', 'behind the name of the type');
    const type = typeExpression(reader);
    return { kind: 'type', decorators: given, name, type, start, end: type.end };
  },
  func: functionDeclaration,
  import: importStatement,
  resource,
  module(reader, given, start) {
    const name = reader.name('the name of the module');
    const path = string(reader, expression);
    reader.mark('=', 'behind the path of the module');
    const value = deployed(reader, () => objectLiteral(reader, expression));
    return { kind: 'module', decorators: given, name, path, value, start, end: value.end };
  },
  using(reader, _, start) {
    if (reader.isWord('none')) return { kind: 'using', path: undefined, start, end: reader.take().end };
    const path = string(reader, expression);
    return { kind: 'using', path, start, end: path.end };
  },
};

/** The words with which a statement begins. */
export const STATEMENTS: ReadonlySet<string> = new Set(Object.keys(PARSERS));

/** Throws SyntaxFault if none can be read. */
export function statement(reader: TokenReader): Statement {
  const { start } = reader.peek();
  const given = decorators(reader);
  const token = reader.peek();
  const parse = token.kind === 'name' ? PARSERS[token.text] : undefined;
  if (parse === undefined)
    throw new SyntaxFault(
      token.start,
      `Expected one of ${[...STATEMENTS].join(', ')}, found ${saidOf(token)}.`,
    );
  reader.take();
  const parsed = parse(reader, given, start);
  reader.lineEnd(`the ${token.text}`);
  return parsed;
}

/** The value of a resource or a module: an object, one with a condition, or a loop of either. */
function deployed(reader: TokenReader, body: () => ObjectSyntax): Expression {
  const one = (): Expression => (reader.isWord('if') ? condition(reader, expression, body) : body());
  if (isLoop(reader)) return loop(reader, expression, one);
  if (reader.isMark('[')) return arrayOrLoop(reader, expression);
  return one();
}

function resource(reader: TokenReader, given: readonly CallSyntax[], start: number): ResourceSyntax {
  const name = reader.name('the name of the resource');
  const type = string(reader, expression);
  const existing = reader.isWord('existing');
  if (existing) reader.take();
  reader.mark('=', 'behind the type of the resource');
  reader.skipLines();
  const nested: ResourceSyntax[] = [];
  const value = deployed(reader, () =>
    objectLiteral(reader, expression, () => nestedResource(reader, nested)),
  );
  return { kind: 'resource', decorators: given, name, type, existing, value, nested, start, end: value.end };
}

function nestedResource(reader: TokenReader, nested: ResourceSyntax[]): boolean {
  const isNested = reader.isWord('resource') && reader.peek(1).kind === 'name';
  if (!isNested && !reader.isMark('@')) return false;
  const { start } = reader.peek();
  const given = decorators(reader);
  reader.word('resource');
  nested.push(resource(reader, given, start));
  return true;
}

function functionDeclaration(
  reader: TokenReader,
  given: readonly CallSyntax[],
  start: number,
): FunctionDeclaration {
  const name = reader.name('the name of the function');
  reader.mark('(', 'behind the name of the function');
  reader.skipLines();
  const params: { name: Name; type: TypeSyntax }[] = [];
  while (!reader.isMark(')')) {
    const param = reader.name('the name of a parameter');
    params.push({ name: param, type: typeExpression(reader) });
    reader.skipLines();
    if (!reader.skipMark(',')) break;
    reader.skipLines();
  }
  reader.mark(')', 'behind the parameters of the function');
  const returns = typeExpression(reader);
  reader.mark('=>', 'behind the type that the function returns');
  reader.skipLines();
  const body = expression(reader);
  return { kind: 'func', decorators: given, name, params, returns, body, start, end: body.end };
}

function importStatement(reader: TokenReader, _: readonly CallSyntax[], start: number): ImportSyntax {
  let all;
  let names;
  if (reader.skipMark('*')) {
    reader.word('as');
    all = reader.name('a name for what is imported');
  } else names = importedNames(reader);
  reader.word('from');
  const path = string(reader, expression);
  return { kind: 'import', names, all, path, start, end: path.end };
}

function importedName(reader: TokenReader): Name {
  if (reader.peek().kind !== 'string') return reader.name('the name of what is imported');
  const { texts, start, end } = string(reader, expression);
  return { text: texts.join(''), start, end };
}

function importedNames(reader: TokenReader): { original: Name; name: Name }[] {
  const names = [];
  reader.mark('{', 'or "*" behind "import"');
  reader.skipLines();
  while (!reader.isMark('}')) {
    const original = importedName(reader);
    const renamed = reader.isWord('as');
    if (renamed) reader.take();
    names.push({ original, name: renamed ? reader.name('its name here') : original });
    reader.skipMark(',');
    reader.skipLines();
  }
  reader.mark('}', 'behind the imported names');
  return names;
}
