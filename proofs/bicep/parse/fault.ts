// A fault of syntax: where it is, and what was expected there.

/** Thrown by the lexer and the parser; caught where the next statement begins. */
export class SyntaxFault extends Error {
  readonly offset: number;

  constructor(offset: number, message: string) {
    super(message);
    this.name = 'SyntaxFault';
    this.offset = offset;
  }
}
