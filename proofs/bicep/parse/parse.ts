// Parses a whole file of Bicep or of its parameters. What is not Bicep is told, and the rest read all the same.
import { SyntaxFault } from './fault';
import { tokensOf } from './lexer';
import { statement, STATEMENTS } from './statements';
import type { Statement } from './syntax';
import { createTokenReader, type TokenReader } from './token-reader';

export interface ParsedFile {
  readonly statements: readonly Statement[];
  readonly faults: readonly { readonly offset: number; readonly message: string }[];
}

export function parse(text: string): ParsedFile {
  const statements: Statement[] = [];
  const faults: { offset: number; message: string }[] = [];
  const note = (error: unknown): void => {
    if (!(error instanceof SyntaxFault)) throw error;
    faults.push({ offset: error.offset, message: error.message });
  };
  let reader: TokenReader;
  try {
    reader = createTokenReader(tokensOf(text), text.length);
  } catch (error) {
    note(error);
    return { statements, faults };
  }
  reader.skipLines();
  while (reader.peek().kind !== 'end') {
    try {
      statements.push(statement(reader));
    } catch (error) {
      note(error);
      reader.toNextStatement(STATEMENTS);
    }
    reader.skipLines();
  }
  return { statements, faults };
}
