// The expression language of ARM templates: text in square brackets -> a tree. Recursive descent, within limits.

export type Expression =
  | { readonly kind: 'literal'; readonly value: string | number }
  | { readonly kind: 'call'; readonly name: string; readonly args: readonly Expression[] }
  | { readonly kind: 'member'; readonly of: Expression; readonly name: string }
  | { readonly kind: 'index'; readonly of: Expression; readonly index: Expression };

/** Why an expression can't be parsed or evaluated, for a person. */
export class ExpressionError extends Error {
  override name = 'ExpressionError';
}

/** It calls what differs each time, which Resource Manager takes in the default of a parameter only. */
export class VaryingError extends ExpressionError {
  override name = 'VaryingError';
  /** `calls newGuid()`. */
  readonly what: string;

  constructor(what: string) {
    super(
      `${what}, which differs each time, and the same submission must make the same job; Azure takes it in a parameter's default only`,
    );
    this.what = what;
  }
}

/** The expressions of the template produce too much in all: nothing more of it is evaluated. */
export class ExhaustedError extends ExpressionError {
  override name = 'ExhaustedError';
}

/** ARM's own limit (template best practices: 24,576 characters an expression). */
const MAX_CHARACTERS = 24_576;
/** The deepest nesting of calls; templates that people write have fewer than ten. */
const MAX_NESTING = 64;

/**
 * What a text of a template is: an expression (`[…]`), or the text that it stands for. `[[…]` is a text that starts
 * with one bracket; what does not end with a bracket is no expression and stands for itself, however it starts. Throws
 * ExpressionError.
 */
export function parseTemplateText(text: string): Expression {
  if (!text.startsWith('[') || !text.endsWith(']')) return { kind: 'literal', value: text };
  if (text.startsWith('[[')) return { kind: 'literal', value: text.slice(1) };
  if (text.length > MAX_CHARACTERS)
    throw new ExpressionError(
      `is an expression of ${text.length} characters, at most ${MAX_CHARACTERS} are taken`,
    );
  return new ExpressionParser(text, 1, text.length - 1).whole();
}

class ExpressionParser {
  readonly #text: string;
  readonly #end: number;
  #at: number;
  #nesting = 0;

  constructor(text: string, start: number, end: number) {
    this.#text = text;
    this.#at = start;
    this.#end = end;
  }

  whole(): Expression {
    const expression = this.#expression();
    this.#space();
    if (this.#at < this.#end) this.#unexpected('the end of the expression');
    return expression;
  }

  #expression(): Expression {
    this.#nesting += 1;
    if (this.#nesting > MAX_NESTING)
      throw new ExpressionError(`is an expression that nests more than ${MAX_NESTING} deep`);
    let expression = this.#primary();
    for (let links = 0; ; links += 1) {
      if (links > MAX_NESTING)
        throw new ExpressionError(`is an expression with more than ${MAX_NESTING} accesses in a row`);
      this.#space();
      if (this.#takes('.')) expression = { kind: 'member', of: expression, name: this.#name() };
      else if (this.#takes('[')) {
        expression = { kind: 'index', of: expression, index: this.#expression() };
        this.#expect(']');
      } else break;
    }
    this.#nesting -= 1;
    return expression;
  }

  #primary(): Expression {
    this.#space();
    if (this.#peek() === "'") return { kind: 'literal', value: this.#quoted() };
    const number = this.#match(/-?\d+/y);
    if (number !== undefined) return { kind: 'literal', value: integer(number) };
    let name = this.#name();
    this.#space();
    if (this.#peek() === '.') {
      this.#at += 1;
      name += `.${this.#name()}`; // A function of the template's own, such as `contoso.name(…)`.
    }
    return { kind: 'call', name, args: this.#arguments() };
  }

  #arguments(): Expression[] {
    this.#expect('(');
    const args: Expression[] = [];
    this.#space();
    if (this.#takes(')')) return args;
    do args.push(this.#expression());
    while (this.#takes(','));
    this.#expect(')');
    return args;
  }

  /** Two quotes stand for one. */
  #quoted(): string {
    const quoted = this.#match(/'(?:[^']|'')*'/y);
    if (quoted === undefined) return this.#unexpected('a text that ends with a quote');
    return quoted.slice(1, -1).replaceAll("''", "'");
  }

  #name(): string {
    this.#space();
    return this.#match(/[A-Za-z_][A-Za-z0-9_]*/y) ?? this.#unexpected('a name');
  }

  #expect(sign: string): void {
    this.#space();
    if (!this.#takes(sign)) this.#unexpected(`"${sign}"`);
  }

  #takes(sign: string): boolean {
    this.#space();
    if (this.#peek() !== sign) return false;
    this.#at += 1;
    return true;
  }

  #peek(): string | undefined {
    return this.#at < this.#end ? this.#text[this.#at] : undefined;
  }

  #match(sticky: RegExp): string | undefined {
    sticky.lastIndex = this.#at;
    const [matched] = sticky.exec(this.#text) ?? [];
    if (matched === undefined || this.#at + matched.length > this.#end) return undefined;
    this.#at += matched.length;
    return matched;
  }

  #space(): void {
    this.#match(/\s+/y);
  }

  #unexpected(expected: string): never {
    const found = this.#peek();
    throw new ExpressionError(
      `is an expression that has ${found === undefined ? 'its end' : JSON.stringify(found)} at character ${this.#at + 1} where ${expected} must be`,
    );
  }
}

function integer(text: string): number {
  const value = Number(text);
  if (Number.isSafeInteger(value)) return value;
  throw new ExpressionError(`has the number ${text.slice(0, 40)}, which is too large`);
}
