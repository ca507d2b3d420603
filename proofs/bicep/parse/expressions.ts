// Parses expressions: operators, the things they join, and what follows these (`.name`, `[index]`, `(arguments)`).
import { arrayOrLoop, objectLiteral } from './collections';
import { SyntaxFault } from './fault';
import { string } from './strings';
import type { CallSyntax, Expression, Name } from './syntax';
import { saidOf } from './token';
import type { TokenReader } from './token-reader';

const PRECEDENCE: Readonly<Record<string, number>> = {
  '??': 1, '||': 2, '&&': 3,
  '==': 4, '!=': 4, '=~': 4, '!~': 4,
  '<': 5, '<=': 5, '>': 5, '>=': 5,
  '+': 6, '-': 6,
  '*': 7, '/': 7, '%': 7,
}; // prettier-ignore

export function expression(reader: TokenReader): Expression {
  const condition = binary(reader, 0);
  if (isAhead(reader, '?')) reader.skipLines();
  if (!reader.skipMark('?')) return condition;
  const whenTrue = expression(reader);
  if (isAhead(reader, ':')) reader.skipLines();
  reader.mark(':', 'between the two results of "?"');
  const whenFalse = expression(reader);
  return { kind: 'ternary', condition, whenTrue, whenFalse, start: condition.start, end: whenFalse.end };
}

/** Whether the mark is next, on this line or below. */
function isAhead(reader: TokenReader, mark: string): boolean {
  const token = reader.peekBeyondLines();
  return token.kind === 'mark' && token.text === mark;
}

function binary(reader: TokenReader, above: number): Expression {
  let left = unary(reader);
  for (;;) {
    const { kind, text: operator } = reader.peek();
    const precedence = kind === 'mark' ? (PRECEDENCE[operator] ?? 0) : 0;
    if (precedence <= above) return left;
    reader.take();
    const right = binary(reader, precedence);
    left = { kind: 'binary', operator, left, right, start: left.start, end: right.end };
  }
}

function unary(reader: TokenReader): Expression {
  const { text: operator, start } = reader.peek();
  if (!reader.isMark('!') && !reader.isMark('-') && !reader.isMark('+')) return withWhatFollows(reader);
  reader.take();
  const operand = unary(reader);
  return { kind: 'unary', operator, operand, start, end: operand.end };
}

function withWhatFollows(reader: TokenReader): Expression {
  let base = primary(reader);
  for (;;) {
    const { start } = base;
    if (reader.isMark('.') || reader.isMark('.?')) {
      const safe = reader.take().text === '.?';
      const name = reader.name('the name of a property');
      if (reader.isMark('(')) base = call(reader, name, base);
      else base = { kind: 'property', base, name, safe, start, end: name.end };
    } else if (reader.skipMark('[')) {
      const safe = reader.skipMark('?');
      reader.skipMark('^');
      const index = expression(reader);
      const { end } = reader.mark(']', 'behind an index');
      base = { kind: 'index', base, index, safe, start, end };
    } else if (reader.skipMark('::')) {
      const name = reader.name('the name of a nested resource');
      base = { kind: 'nested', base, name, start, end: name.end };
    } else if (reader.isMark('!')) {
      base = { kind: 'sure', base, start, end: reader.take().end };
    } else return base;
  }
}

export function call(reader: TokenReader, name: Name, base: Expression | undefined): CallSyntax {
  reader.mark('(', `behind "${name.text}"`);
  const args: Expression[] = [];
  reader.skipLines();
  while (!reader.isMark(')')) {
    args.push(expression(reader));
    reader.skipLines();
    if (!reader.skipMark(',')) break;
    reader.skipLines();
    if (reader.isMark(')')) throw new SyntaxFault(reader.peek().start, 'Expected an argument behind ",".');
  }
  const { end } = reader.mark(')', `or "," behind an argument of "${name.text}"`);
  return { kind: 'call', base, name, args, start: base?.start ?? name.start, end };
}

function primary(reader: TokenReader): Expression {
  const token = reader.peek();
  const { start, end } = token;
  switch (token.kind) {
    case 'string':
      return string(reader, expression);
    case 'number':
      reader.take();
      return { kind: 'number', value: Number(token.text), start, end };
    case 'name':
      return named(reader);
    case 'mark':
      if (token.text === '{') return objectLiteral(reader, expression);
      if (token.text === '[') return arrayOrLoop(reader, expression);
      if (token.text === '(') return parenthesised(reader);
      break;
    case 'newline':
    case 'end':
      break;
  }
  throw new SyntaxFault(start, `Expected a value, found ${saidOf(token)}.`);
}

function named(reader: TokenReader): Expression {
  const name = reader.name('a name');
  const { text, start, end } = name;
  if (text === 'true' || text === 'false') return { kind: 'boolean', value: text === 'true', start, end };
  if (text === 'null') return { kind: 'null', start, end };
  if (reader.isMark('(')) return call(reader, name, undefined);
  if (reader.isMark('=>')) return lambda(reader, [name], start);
  return { kind: 'variable', name, start, end };
}

function lambda(reader: TokenReader, params: readonly Name[], start: number): Expression {
  reader.mark('=>', 'behind the parameters of a lambda');
  reader.skipLines();
  const body = expression(reader);
  return { kind: 'lambda', params, body, start, end: body.end };
}

function parenthesised(reader: TokenReader): Expression {
  const { start } = reader.mark('(', 'here');
  reader.skipLines();
  const inner: Expression[] = [];
  while (!reader.isMark(')')) {
    inner.push(expression(reader));
    reader.skipLines();
    if (!reader.skipMark(',')) break;
    reader.skipLines();
  }
  reader.mark(')', 'to close "("');
  const names = inner.flatMap((one) => (one.kind === 'variable' ? [one.name] : []));
  if (reader.isMark('=>') && names.length === inner.length) return lambda(reader, names, start);
  const [only] = inner;
  if (only !== undefined && inner.length === 1) return only;
  throw new SyntaxFault(start, 'Expected one value in parentheses.');
}
