// Hands the tokens of a file to the parser, one after another.
import { SyntaxFault } from './fault';
import type { Expression, Name } from './syntax';
import { saidOf, type Token } from './token';

/** Reads a value of any kind. It is given to what reads the kinds that hold others. */
export type ParseValue = (reader: TokenReader) => Expression;

export interface TokenReader {
  /** The next token, or the one `ahead` of it. */
  peek(ahead?: number): Token;
  /** The first token that is not a newline. */
  peekBeyondLines(): Token;
  take(): Token;
  /** Whether the next token is this mark. */
  isMark(mark: string): boolean;
  /** Whether the next token is this word. */
  isWord(word: string): boolean;
  /** Takes the mark if it is next. */
  skipMark(mark: string): boolean;
  skipLines(): boolean;
  /** These throw SyntaxFault if something else is next. */
  mark(mark: string, after: string): Token;
  word(word: string): Token;
  name(what: string): Name;
  lineEnd(after: string): void;
  /** Goes on behind the next newline at which a statement may begin. */
  toNextStatement(starts: ReadonlySet<string>): void;
  /** Where the last taken token ended. */
  lastEnd(): number;
}

export function createTokenReader(tokens: readonly Token[], length: number): TokenReader {
  const end: Token = { kind: 'end', text: '', start: length, end: length };
  let at = 0;
  const peek = (ahead = 0): Token => tokens[at + ahead] ?? end;
  const take = (): Token => {
    const token = peek();
    at += 1;
    return token;
  };
  const isMark = (mark: string): boolean => peek().kind === 'mark' && peek().text === mark;
  const isWord = (word: string): boolean => peek().kind === 'name' && peek().text === word;
  const expected = (what: string): SyntaxFault =>
    new SyntaxFault(peek().start, `Expected ${what}, found ${saidOf(peek())}.`);
  return {
    peek,
    take,
    isMark,
    isWord,
    peekBeyondLines() {
      let ahead = 0;
      while (peek(ahead).kind === 'newline') ahead += 1;
      return peek(ahead);
    },
    skipMark(mark) {
      if (!isMark(mark)) return false;
      at += 1;
      return true;
    },
    skipLines() {
      const before = at;
      while (peek().kind === 'newline') at += 1;
      return at > before;
    },
    mark(mark, after) {
      if (isMark(mark)) return take();
      throw expected(`"${mark}" ${after}`);
    },
    word(word) {
      if (isWord(word)) return take();
      throw expected(`"${word}"`);
    },
    name(what) {
      const { kind, text, start, end: nameEnd } = peek();
      if (kind !== 'name') throw expected(what);
      at += 1;
      return { text, start, end: nameEnd };
    },
    lineEnd(after) {
      if (peek().kind === 'end') return;
      if (peek().kind !== 'newline') throw expected(`a new line after ${after}`);
      at += 1;
    },
    toNextStatement(starts) {
      while (peek().kind !== 'end') {
        const isLineStart = at === 0 || peek(-1).kind === 'newline';
        if (isLineStart && (isMark('@') || (peek().kind === 'name' && starts.has(peek().text)))) return;
        at += 1;
      }
    },
    lastEnd: () => tokens[at - 1]?.end ?? 0,
  };
}
