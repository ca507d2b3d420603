// Parses a string with the values in it.
import { SyntaxFault } from './fault';
import type { Expression, StringSyntax } from './syntax';
import { saidOf } from './token';
import type { ParseValue, TokenReader } from './token-reader';

/** A string with its expressions. */
export function string(reader: TokenReader, value: ParseValue): StringSyntax {
  const first = reader.take();
  if (first.kind !== 'string')
    throw new SyntaxFault(first.start, `Expected a string, found ${saidOf(first)}.`);
  const texts = [first.text];
  const values: Expression[] = [];
  let last = first;
  while (last.piece === 'left' || last.piece === 'middle') {
    reader.skipLines();
    values.push(value(reader));
    reader.skipLines();
    const next = reader.take();
    if (next.kind !== 'string' || next.piece === 'whole' || next.piece === 'left')
      throw new SyntaxFault(next.start, `Expected "}" behind a value in a string, found ${saidOf(next)}.`);
    texts.push(next.text);
    last = next;
  }
  return { kind: 'string', texts, values, start: first.start, end: last.end };
}
