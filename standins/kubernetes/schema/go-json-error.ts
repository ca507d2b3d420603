// What Go's JSON reader says of a text that is no JSON: the API server repeats it to its clients.

/** The complaint, or undefined for a text that is JSON. */
export function goJsonError(text: string): string | undefined {
  const end = new Scanner(text);
  try {
    end.value('looking for beginning of value');
    end.space();
    if (!end.atEnd()) end.wrong('after top-level value');
    return undefined;
  } catch (error) {
    if (error instanceof GoSyntax) return error.message;
    throw error;
  }
}

class GoSyntax extends Error {
  override readonly name = 'GoSyntax';
}

class Scanner {
  readonly #text: string;
  #next = 0;

  constructor(text: string) {
    this.#text = text;
  }

  atEnd(): boolean {
    return this.#next >= this.#text.length;
  }

  space(): void {
    while (/^[ \t\r\n]$/.test(this.#text[this.#next] ?? '')) this.#next += 1;
  }

  wrong(context: string): never {
    if (this.atEnd()) throw new GoSyntax('unexpected end of JSON input');
    throw new GoSyntax(`invalid character ${quoted(this.#text[this.#next] ?? '')} ${context}`);
  }

  value(context: string): void {
    this.space();
    const first = this.#text[this.#next] ?? '';
    if (first === '{') this.#members();
    else if (first === '[') this.#items();
    else if (first === '"') this.#string();
    else if (/[-0-9]/.test(first)) this.#number();
    else if (first === 't') this.#literal('true');
    else if (first === 'f') this.#literal('false');
    else if (first === 'n') this.#literal('null');
    else this.wrong(context);
  }

  #members(): void {
    this.#next += 1;
    this.space();
    if (this.#take('}')) return;
    for (;;) {
      this.space();
      if (this.#text[this.#next] !== '"') this.wrong('looking for beginning of object key string');
      this.#string();
      this.space();
      if (!this.#take(':')) this.wrong('after object key');
      this.value('looking for beginning of value');
      this.space();
      if (this.#take('}')) return;
      if (!this.#take(',')) this.wrong('after object key:value pair');
    }
  }

  #items(): void {
    this.#next += 1;
    this.space();
    if (this.#take(']')) return;
    for (;;) {
      this.value('looking for beginning of value');
      this.space();
      if (this.#take(']')) return;
      if (!this.#take(',')) this.wrong('after array element');
    }
  }

  #string(): void {
    this.#next += 1;
    while (!this.#take('"')) {
      const character = this.#text[this.#next];
      if (character === undefined || character < ' ') this.wrong('in string literal');
      this.#next += 1;
      if (character === '\\') {
        if (!/["\\/bfnrtu]/.test(this.#text[this.#next] ?? '')) this.wrong('in string escape code');
        this.#next += 1;
      }
    }
  }

  #number(): void {
    this.#take('-');
    if (!/\d/.test(this.#text[this.#next] ?? '')) this.wrong('in numeric literal');
    if (!this.#take('0')) this.#digits();
    if (this.#take('.')) {
      if (!/\d/.test(this.#text[this.#next] ?? '')) this.wrong('after decimal point in numeric literal');
      this.#digits();
    }
    if (this.#take('e') || this.#take('E')) {
      if (!this.#take('+')) this.#take('-');
      if (!/\d/.test(this.#text[this.#next] ?? '')) this.wrong('in exponent of numeric literal');
      this.#digits();
    }
  }

  #digits(): void {
    while (/\d/.test(this.#text[this.#next] ?? '')) this.#next += 1;
  }

  #literal(word: string): void {
    for (const letter of word)
      if (!this.#take(letter)) this.wrong(`in literal ${word} (expecting ${quoted(letter)})`);
  }

  #take(character: string): boolean {
    if (this.#text[this.#next] !== character) return false;
    this.#next += 1;
    return true;
  }
}

/** A character in single quotes as Go writes it. */
function quoted(character: string): string {
  if (character === "'") return "'\\''";
  if (character === '"') return `'"'`;
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x20 || (code >= 0x7f && code < 0xa0)) {
    const named: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };
    const escape =
      code < 0x7f ? `\\x${code.toString(16).padStart(2, '0')}` : `\\u${code.toString(16).padStart(4, '0')}`;
    return `'${named[character] ?? escape}'`;
  }
  return `'${character}'`;
}
