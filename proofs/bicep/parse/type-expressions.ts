// Parses types: `string`, `'a' | 'b'`, `int?`, `{ name: string }[]`, and those made of a resource's.
import { decorators } from './decorators';
import { expression } from './expressions';
import { SyntaxFault } from './fault';
import { string } from './strings';
import type { Name, TypeMember, TypeSyntax } from './syntax';
import { saidOf } from './token';
import type { TokenReader } from './token-reader';

export function typeExpression(reader: TokenReader): TypeSyntax {
  reader.skipMark('|');
  const first = withSuffix(reader);
  const types = [first];
  for (;;) {
    if (isUnionBelow(reader)) reader.skipLines();
    if (!reader.skipMark('|')) break;
    reader.skipLines();
    types.push(withSuffix(reader));
  }
  if (types.length === 1) return first;
  return { kind: 'union', types, start: first.start, end: reader.lastEnd() };
}

function isUnionBelow(reader: TokenReader): boolean {
  const token = reader.peekBeyondLines();
  return token.kind === 'mark' && token.text === '|';
}

function withSuffix(reader: TokenReader): TypeSyntax {
  let type = primary(reader);
  for (;;) {
    const { start } = type;
    if (reader.isMark('[')) {
      if (reader.peek(1).text !== ']') return withIndex(reader, type);
      reader.take();
      type = { kind: 'list', item: type, start, end: reader.take().end };
    } else if (reader.isMark('?')) {
      type = { kind: 'optional', type, start, end: reader.take().end };
    } else if (reader.isMark('!')) reader.take();
    else return type;
  }
}

/** `list[*]` and `tuple[0]`: the type of an item. */
function withIndex(reader: TokenReader, type: TypeSyntax): TypeSyntax {
  reader.mark('[', 'here');
  const { start, end, text } = reader.take();
  reader.mark(']', 'behind the index of a type');
  if (type.kind === 'named' || type.kind === 'ofResource')
    return { ...type, path: [...type.path, { text, start, end }], end: reader.lastEnd() };
  throw new SyntaxFault(start, 'Only a named type has items to take.');
}

function primary(reader: TokenReader): TypeSyntax {
  const token = reader.peek();
  const { start, end } = token;
  if (token.kind === 'string') {
    const { texts, values, end: stringEnd } = string(reader, expression);
    if (values.length > 0) throw new SyntaxFault(start, 'A string that is a type holds no "${…}".');
    return { kind: 'literal', value: texts.join(''), start, end: stringEnd };
  }
  if (token.kind === 'number') {
    reader.take();
    return { kind: 'literal', value: Number(token.text), start, end };
  }
  if (reader.skipMark('-')) {
    const number = reader.take();
    return { kind: 'literal', value: -Number(number.text), start, end: number.end };
  }
  if (reader.isMark('{')) return objectType(reader);
  if (reader.isMark('[')) return tuple(reader);
  if (reader.skipMark('(')) {
    reader.skipLines();
    const inner = typeExpression(reader);
    reader.skipLines();
    reader.mark(')', 'to close "("');
    return inner;
  }
  if (token.kind === 'name') return named(reader);
  throw new SyntaxFault(start, `Expected a type, found ${saidOf(token)}.`);
}

function named(reader: TokenReader): TypeSyntax {
  const first = reader.name('a type');
  const { text, start } = first;
  if (text === 'true' || text === 'false')
    return { kind: 'literal', value: text === 'true', start, end: first.end };
  if (text === 'null') return { kind: 'literal', value: null, start, end: first.end };
  const names = path(reader);
  if (reader.skipMark('<')) {
    reader.skipLines();
    const resource = string(reader, expression);
    reader.skipLines();
    reader.mark('>', `behind the type of ${[first, ...names].map((name) => name.text).join('.')}`);
    return { kind: 'ofResource', resource, path: path(reader), start, end: reader.lastEnd() };
  }
  if (text === 'resource' && reader.peek().kind === 'string')
    return {
      kind: 'ofResource',
      resource: string(reader, expression),
      path: [],
      start,
      end: reader.lastEnd(),
    };
  return { kind: 'named', path: [first, ...names], start, end: reader.lastEnd() };
}

function path(reader: TokenReader): Name[] {
  const names: Name[] = [];
  while (reader.skipMark('.')) {
    const { start, end } = reader.peek();
    names.push(reader.skipMark('*') ? { text: '*', start, end } : reader.name('a type'));
  }
  return names;
}

function objectType(reader: TokenReader): TypeSyntax {
  const { start } = reader.mark('{', 'here');
  const members: TypeMember[] = [];
  reader.skipLines();
  while (!reader.isMark('}') && reader.peek().kind !== 'end') {
    members.push(typeMember(reader));
    if (!reader.skipMark(',') && reader.peek().kind !== 'newline' && !reader.isMark('}'))
      throw new SyntaxFault(reader.peek().start, `Expected a new line, found ${saidOf(reader.peek())}.`);
    reader.skipLines();
  }
  const { end } = reader.mark('}', 'to close the type of an object');
  return { kind: 'objectType', members, start, end };
}

function typeMember(reader: TokenReader): TypeMember {
  const given = decorators(reader);
  const { start, kind } = reader.peek();
  let key: string | undefined;
  if (reader.skipMark('*')) key = undefined;
  else
    key =
      kind === 'string'
        ? string(reader, expression).texts.join('')
        : reader.name('the name of a property').text;
  reader.mark(':', 'behind the name of a property');
  const type = typeExpression(reader);
  return { decorators: given, key, type, start, end: type.end };
}

function tuple(reader: TokenReader): TypeSyntax {
  const { start } = reader.mark('[', 'here');
  const items: TypeSyntax[] = [];
  reader.skipLines();
  while (!reader.isMark(']') && reader.peek().kind !== 'end') {
    decorators(reader);
    items.push(typeExpression(reader));
    reader.skipMark(',');
    reader.skipLines();
  }
  const { end } = reader.mark(']', 'to close the type of a list');
  return { kind: 'tuple', items, start, end };
}
