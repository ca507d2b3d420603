// Parses objects, arrays, loops and conditions.
import { SyntaxFault } from './fault';
import { string } from './strings';
import type { Expression, ForSyntax, IfSyntax, Member, ObjectSyntax, Spread } from './syntax';
import { saidOf } from './token';
import type { ParseValue, TokenReader } from './token-reader';

/** `nested`: takes a member that is a resource of its own, if one is next; it then stands in no tree. */
export function objectLiteral(reader: TokenReader, value: ParseValue, nested?: () => boolean): ObjectSyntax {
  const { start } = reader.mark('{', 'here');
  const members: (Member | Spread)[] = [];
  elements(reader, '}', () => {
    if (nested?.() === true) return;
    members.push(reader.isMark('...') ? spread(reader, value) : member(reader, value));
  });
  const { end } = reader.mark('}', 'to close an object');
  return { kind: 'object', members, start, end };
}

export function arrayOrLoop(reader: TokenReader, value: ParseValue): Expression {
  if (isLoop(reader)) return loop(reader, value, () => bodyOrValue(reader, value));
  const { start } = reader.mark('[', 'here');
  const items: (Expression | Spread)[] = [];
  elements(reader, ']', () => {
    items.push(reader.isMark('...') ? spread(reader, value) : value(reader));
  });
  const { end } = reader.mark(']', 'to close an array');
  return { kind: 'array', items, start, end };
}

/** Elements stand on lines of their own, or have commas between them. */
function elements(reader: TokenReader, close: string, element: () => void): void {
  reader.skipLines();
  while (!reader.isMark(close) && reader.peek().kind !== 'end') {
    element();
    if (reader.skipMark(',')) {
      if (reader.peek().kind === 'newline' && !(reader.peekBeyondLines().text === close))
        throw new SyntaxFault(
          reader.peek().start,
          'Expected an element behind ",": a new line needs no comma.',
        );
      reader.skipLines();
    } else if (!reader.skipLines() && !reader.isMark(close)) {
      throw new SyntaxFault(
        reader.peek().start,
        `Expected a new line, "," or "${close}", found ${saidOf(reader.peek())}.`,
      );
    }
  }
}

function member(reader: TokenReader, parse: ParseValue): Member {
  const token = reader.peek();
  const key = token.kind === 'string' ? string(reader, parse) : reader.name('the name of a property');
  reader.mark(':', 'behind the name of a property');
  const value = parse(reader);
  return { kind: 'member', key, value, start: key.start, end: value.end };
}

function spread(reader: TokenReader, parse: ParseValue): Spread {
  const { start } = reader.mark('...', 'here');
  const value = parse(reader);
  return { kind: 'spread', value, start, end: value.end };
}

export function isLoop(reader: TokenReader): boolean {
  if (!reader.isMark('[')) return false;
  let ahead = 1;
  while (reader.peek(ahead).kind === 'newline') ahead += 1;
  const after = reader.peek(ahead + 1);
  const isFor = reader.peek(ahead).kind === 'name' && reader.peek(ahead).text === 'for';
  return isFor && (after.kind === 'name' || (after.kind === 'mark' && after.text === '('));
}

export function loop(reader: TokenReader, parse: ParseValue, body: () => Expression): ForSyntax {
  const { start } = reader.mark('[', 'here');
  reader.skipLines();
  reader.word('for');
  const inParentheses = reader.skipMark('(');
  if (reader.isWord('in') && reader.peek(1).text !== 'in')
    throw new SyntaxFault(reader.peek().start, 'Expected the name of the loop\'s item, found "in".');
  const item = reader.name("the name of the loop's item");
  let index;
  if (inParentheses) {
    reader.mark(',', 'between the item and the index of a loop');
    index = reader.name("the name of the loop's index");
    reader.mark(')', 'behind the index of a loop');
  }
  reader.word('in');
  const list = parse(reader);
  reader.mark(':', 'behind the list of a loop');
  const value = body();
  reader.skipLines();
  const { end } = reader.mark(']', 'to close a loop');
  return { kind: 'for', item, index, list, body: value, start, end };
}

function bodyOrValue(reader: TokenReader, parse: ParseValue): Expression {
  return reader.isWord('if') && reader.peek(1).text === '('
    ? condition(reader, parse, () => objectLiteral(reader, parse))
    : parse(reader);
}

export function condition(reader: TokenReader, parse: ParseValue, body: () => ObjectSyntax): IfSyntax {
  const { start } = reader.word('if');
  reader.mark('(', 'behind "if"');
  reader.skipLines();
  const asked = parse(reader);
  reader.skipLines();
  reader.mark(')', 'behind the condition');
  reader.skipLines();
  const value = body();
  return { kind: 'if', condition: asked, body: value, start, end: value.end };
}
