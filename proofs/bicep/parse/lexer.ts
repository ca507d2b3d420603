// Cuts the text of a Bicep file into tokens. A string with `${…}` becomes several: its pieces, and between them the
// tokens of the expressions.
import { SyntaxFault } from './fault';
import { readLine, readLines, type StringForm } from './string-text';
import type { StringPiece, Token } from './token';

/** Longest first: the first that fits is taken. */
const MARKS = [
  '...', '=>', '==', '=~', '!=', '!~', '<=', '>=', '&&', '||', '??', '.?', '::',
  '{', '}', '[', ']', '(', ')', '.', ',', ':', '?', '!', '=', '<', '>', '+', '-', '*', '/', '%', '@', '|', '^',
]; // prettier-ignore

const SPACE = /[ \t\v\f\uFEFF]+/y;
const NEWLINE = /(?:\r\n|\n|\r)/y;
const LINE_COMMENT = /\/\/[^\r\n]*/y;
const DIRECTIVE = /#(?:disable-next-line|disable-diagnostics|restore-diagnostics)\b[^\r\n]*/y;
const NAME = /[A-Za-z_][A-Za-z0-9_]*/y;
const NUMBER = /[0-9]+/y;
const LINES_START = /(\$*)'''/y;

/** A string that waits for the end of its `${…}`: braces open since, and how it goes on. */
interface Waiting {
  braces: number;
  readonly form: StringForm;
}

/** Throws SyntaxFault at the first thing that is no word of Bicep. */
export function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  const waiting: Waiting[] = [];
  let at = 0;

  const match = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = at;
    return pattern.exec(text)?.[0];
  };
  const add = (kind: 'name' | 'number' | 'mark' | 'newline', word: string): void => {
    tokens.push({ kind, text: word, start: at, end: at + word.length });
    at += word.length;
  };
  /** Reads a string from `from`, where its characters begin, to its end or its next `${`. */
  const piece = (start: number, from: number, form: StringForm, isFirst: boolean): void => {
    const read =
      form.kind === 'line' ? readLine(text, from, start) : readLines(text, from, start, form, isFirst);
    tokens.push({
      kind: 'string',
      text: read.value,
      piece: pieceOf(isFirst, read.opens),
      start,
      end: read.end,
    });
    at = read.end;
    if (read.opens) waiting.push({ braces: 0, form });
  };

  while (at < text.length) {
    const skipped = match(SPACE) ?? match(LINE_COMMENT) ?? match(DIRECTIVE) ?? blockComment(text, at);
    if (skipped !== undefined) {
      at += skipped.length;
      continue;
    }
    const newline = match(NEWLINE);
    if (newline !== undefined) {
      add('newline', newline);
      continue;
    }
    const lines = match(LINES_START);
    if (lines !== undefined) {
      piece(at, at + lines.length, { kind: 'lines', dollars: lines.length - 3 }, true);
      continue;
    }
    if (text[at] === "'") {
      piece(at, at + 1, { kind: 'line' }, true);
      continue;
    }
    const innermost = waiting.at(-1);
    if (text[at] === '}' && innermost?.braces === 0) {
      waiting.pop();
      piece(at, at + 1, innermost.form, false);
      continue;
    }
    const name = match(NAME);
    const number = match(NUMBER);
    const mark = MARKS.find((one) => text.startsWith(one, at));
    if (name !== undefined) add('name', name);
    else if (number !== undefined) add('number', number);
    else if (mark !== undefined) {
      if (innermost !== undefined && mark === '{') innermost.braces += 1;
      if (innermost !== undefined && mark === '}') innermost.braces -= 1;
      add('mark', mark);
    } else throw new SyntaxFault(at, strange(text.charAt(at)));
  }
  if (waiting.length > 0) throw new SyntaxFault(text.length, 'A "${" has no "}".');
  return [...tokens, { kind: 'end', text: '', start: text.length, end: text.length }];
}

function pieceOf(isFirst: boolean, opens: boolean): StringPiece {
  if (isFirst) return opens ? 'left' : 'whole';
  return opens ? 'middle' : 'right';
}

function blockComment(text: string, at: number): string | undefined {
  if (!text.startsWith('/*', at)) return undefined;
  const end = text.indexOf('*/', at + 2);
  if (end === -1) throw new SyntaxFault(at, 'A comment that begins with "/*" has no "*/".');
  return text.slice(at, end + 2);
}

function strange(character: string): string {
  if (character === '"') return "Bicep puts strings in single quotes (').";
  if (character === ';') return 'Bicep ends a statement with its line: remove the ";".';
  return `"${character}" is no part of Bicep here.`;
}
