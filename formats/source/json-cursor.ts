// A place in a JSON text that moves on: over blanks, signs, texts, numbers and words. Notes what only Resource
// Manager's dialect has.
import { Refusal } from '../refusal';
import { afterBlank, isJsonSpace, startOf } from './json-blank';
import type { Lines } from './lines';
import { lossOf } from './numbers';

/** What Resource Manager takes in a template and JSON does not have. */
export type Liberty = 'comment' | 'line-break';

const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][-+]?\d+)?/y;
const WORD = /[A-Za-z_$][\w$]*/y;
const PLAIN = /[^"\\\u0000-\u001f]+/y;
const ESCAPE = /\\(?:["\\/bfnrt]|u[0-9A-Fa-f]{4})/y;

const WORDS: ReadonlyMap<string, boolean | null> = new Map([
  ['true', true],
  ['false', false],
  ['null', null],
]);
/** What other languages write, and what JSON has in its place. */
const MEANT: ReadonlyMap<string, string> = new Map([
  ['True', 'JSON writes true'],
  ['False', 'JSON writes false'],
  ['None', 'JSON writes null'],
  ['undefined', 'JSON has no undefined: leave the field out'],
  ['NaN', 'JSON has no such number'],
  ['Infinity', 'JSON has no such number'],
]);

const QUOTES =
  'in JSON every text stands in double quotes ("). A document in braces that is YAML starts with a line ---';

export class JsonCursor {
  /** The first place of each. */
  readonly liberties = new Map<Liberty, number>();
  readonly #text: string;
  readonly #lines: Lines;
  #at: number;

  constructor(text: string, lines: Lines) {
    this.#text = text;
    this.#lines = lines;
    this.#at = startOf(text);
  }

  get offset(): number {
    return this.#at;
  }

  /** The next sign that is no blank; undefined at the end. The cursor stands on it. */
  next(): string | undefined {
    this.#at = afterBlank(this.#text, this.#at, (offset) => {
      this.#takes('comment', offset);
    });
    return this.#text[this.#at];
  }

  /** Over one sign. */
  step(): void {
    this.#at += 1;
  }

  /** A text in double quotes, on whose first one the cursor stands. */
  text(): string {
    const start = this.#at;
    const parts: string[] = [];
    this.#at += 1;
    while (this.#text[this.#at] !== '"') parts.push(this.#part(start));
    this.#at += 1;
    const text = parts.join('');
    if (!text.isWellFormed())
      throw new Refusal(start, 'holds half of a surrogate pair (\\ud800 to \\udfff), which no text can hold');
    return text;
  }

  number(): number {
    const start = this.#at;
    const written = this.#match(NUMBER);
    const rest = this.#text.charCodeAt(this.#at);
    if (written === undefined || !endsWord(rest)) throw new Refusal(start, 'is no number as JSON writes it');
    const loss = lossOf(written);
    if (loss !== undefined) throw new Refusal(start, loss);
    return Number(written);
  }

  /** `true`, `false` or `null`. */
  word(): boolean | null {
    const start = this.#at;
    const word = this.#match(WORD) ?? '';
    const value = WORDS.get(word);
    if (value !== undefined) return value;
    throw new Refusal(start, `is no value of JSON: ${MEANT.get(word) ?? QUOTES}`);
  }

  /** The text is no JSON at this place. */
  unexpected(expected: string): never {
    const why = this.#text.length === this.#at ? `ends where ${expected} must be` : this.#instead(expected);
    const lineBreak = this.liberties.get('line-break');
    const unclosed =
      lineBreak === undefined
        ? ''
        : `. A text goes over the end of line ${this.#lines.at(lineBreak).line}: its closing quote may be missing`;
    throw new Refusal(this.#at, `${why}${unclosed}`);
  }

  #instead(expected: string): string {
    const sign = String.fromCodePoint(this.#text.codePointAt(this.#at) ?? 0);
    if (sign === '#') return 'starts a comment, and JSON has none';
    if (sign === '/') return 'starts a comment that never ends';
    if (sign === "'" || /[\u2018-\u201f]/.test(sign))
      return `has ${sign} where ${expected} must be: ${QUOTES}`;
    if (/\s/.test(sign)) return `has a space that JSON does not count as one (${codeOf(sign)})`;
    return `has ${/[!-~]/.test(sign) ? `"${sign}"` : codeOf(sign)} where ${expected} must be`;
  }

  /** A run of plain characters, an escape, or a line break or tab of the dialect. */
  #part(start: number): string {
    const plain = this.#match(PLAIN);
    if (plain !== undefined) return plain;
    const sign = this.#text[this.#at];
    if (sign === undefined)
      throw new Refusal(start, 'is a text that never ends: its closing quote is missing');
    if (sign === '\\') {
      const escape = this.#match(ESCAPE);
      if (escape !== undefined) return String(JSON.parse(`"${escape}"`));
      throw new Refusal(
        this.#at,
        'is no escape of JSON; it has \\" \\\\ \\/ \\b \\f \\n \\r \\t and \\u with four hexadecimal digits',
      );
    }
    if (sign !== '\n' && sign !== '\r' && sign !== '\t')
      throw new Refusal(this.#at, `is a control character (${codeOf(sign)}), which JSON writes as an escape`);
    this.#takes('line-break', this.#at);
    this.#at += 1;
    return sign;
  }

  #takes(liberty: Liberty, offset: number): void {
    if (!this.liberties.has(liberty)) this.liberties.set(liberty, offset);
  }

  #match(sticky: RegExp): string | undefined {
    sticky.lastIndex = this.#at;
    const [matched] = sticky.exec(this.#text) ?? [];
    this.#at += matched?.length ?? 0;
    return matched;
  }
}

/** Whether a number is over: at a blank, a comma, a closing bracket, a comment or the end. */
function endsWord(code: number): boolean {
  return (
    Number.isNaN(code) ||
    isJsonSpace(code) ||
    code === 0x2c ||
    code === 0x5d ||
    code === 0x7d ||
    code === 0x2f
  );
}

function codeOf(sign: string): string {
  return `U+${(sign.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
}
