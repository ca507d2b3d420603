// Parses decorators: `@description('…')`, each on a line of its own.
import { call } from './expressions';
import type { CallSyntax, Expression } from './syntax';
import type { TokenReader } from './token-reader';

export function decorators(reader: TokenReader): CallSyntax[] {
  const found: CallSyntax[] = [];
  while (reader.skipMark('@')) {
    const first = reader.name('the name of a decorator');
    if (reader.skipMark('.')) {
      const { start, end } = first;
      const base: Expression = { kind: 'variable', name: first, start, end };
      found.push(call(reader, reader.name('the name of a decorator'), base));
    } else found.push(call(reader, first, undefined));
    reader.lineEnd('a decorator');
    reader.skipLines();
  }
  return found;
}
