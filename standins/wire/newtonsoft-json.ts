// Reads JSON as Azure Resource Manager's own reader (Newtonsoft's) does. az relies on it: it puts a template into its
// request as the file has it, with comments and with line breaks in texts, under a name without quotes.

/** Throws a SyntaxError that names the place. Of two members with one name the last counts. */
export function parseNewtonsoftJson(source: string): unknown {
  const reader = new Reader(source);
  const value = reader.value();
  reader.end();
  return value;
}

const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const BARE_NAME = /[A-Za-z_$][\w$]*/y;
const SPACE = /(?:[\s\uFEFF]|\/\/[^\r\n]*|\/\*[\s\S]*?\*\/)*/y;
const HEX = /[0-9a-fA-F]{4}/y;
const WORDS: ReadonlyMap<string, unknown> = new Map<string, unknown>([
  ['true', true],
  ['false', false],
  ['null', null],
]);
const ESCAPES: Readonly<Record<string, string>> = {
  ...{ b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' },
  ...{ '"': '"', "'": "'", '\\': '\\', '/': '/' },
};
/** Newtonsoft's own limit since version 13. */
const MOST_DEPTH = 64;

class Reader {
  readonly #source: string;
  #at = 0;
  #depth = 0;

  constructor(source: string) {
    this.#source = source;
  }

  value(): unknown {
    this.#take(SPACE);
    const next = this.#source[this.#at];
    if (next === '{') return this.#nested(() => Object.fromEntries(this.#list('}', () => this.#member())));
    if (next === '[') return this.#nested(() => this.#list(']', () => this.value()));
    if (next === '"' || next === "'") return this.#text(next);
    const number = this.#take(NUMBER);
    if (number !== undefined && number !== '') return Number(number);
    const word = this.#take(BARE_NAME);
    if (word !== undefined && WORDS.has(word)) return WORDS.get(word);
    throw this.#wrong('a value');
  }

  end(): void {
    this.#take(SPACE);
    if (this.#at < this.#source.length) throw this.#wrong('the end');
  }

  #nested<T>(read: () => T): T {
    this.#depth += 1;
    if (this.#depth > MOST_DEPTH) throw this.#wrong(`at most ${MOST_DEPTH} levels`);
    this.#at += 1;
    const value = read();
    this.#depth -= 1;
    return value;
  }

  /** A comma may stand before the end. */
  #list<T>(end: string, item: () => T): T[] {
    const items: T[] = [];
    for (;;) {
      this.#take(SPACE);
      if (this.#skip(end)) return items;
      items.push(item());
      this.#take(SPACE);
      if (this.#skip(',')) continue;
      if (this.#skip(end)) return items;
      throw this.#wrong(`"," or "${end}"`);
    }
  }

  #member(): [string, unknown] {
    const quote = this.#source[this.#at];
    const name = quote === '"' || quote === "'" ? this.#text(quote) : this.#take(BARE_NAME);
    if (name === undefined) throw this.#wrong('a name');
    this.#take(SPACE);
    if (!this.#skip(':')) throw this.#wrong('":"');
    return [name, this.value()];
  }

  #text(quote: string): string {
    this.#at += 1;
    let text = '';
    for (;;) {
      const next = this.#source[this.#at];
      if (next === undefined) throw this.#wrong(`the ${quote} that ends the text`);
      this.#at += 1;
      if (next === quote) return text;
      text += next === '\\' ? this.#escaped() : next;
    }
  }

  #escaped(): string {
    const next = this.#source[this.#at] ?? '';
    this.#at += 1;
    if (next !== 'u') {
      const character = ESCAPES[next];
      if (character === undefined) throw this.#wrong('an escape of JSON');
      return character;
    }
    const hex = this.#take(HEX);
    if (hex === undefined) throw this.#wrong('four hexadecimal digits');
    return String.fromCharCode(Number.parseInt(hex, 16));
  }

  #skip(character: string): boolean {
    if (this.#source[this.#at] !== character) return false;
    this.#at += 1;
    return true;
  }

  #take(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#source)?.[0];
    if (found !== undefined) this.#at += found.length;
    return found;
  }

  #wrong(expected: string): SyntaxError {
    const before = this.#source.slice(0, this.#at).split('\n');
    return new SyntaxError(
      `Expected ${expected}, found ${JSON.stringify(this.#source.slice(this.#at, this.#at + 20))}, line ${before.length}, position ${before.at(-1)?.length ?? 0}.`,
    );
  }
}
