// JSON text -> located values. JSON.parse says whether it is JSON; this tells where everything stands and what stands twice.
import type { DocumentProblem } from './document';
import { exceeds, type Limit, MAX_DEPTH, MAX_NAME, MAX_VALUES, tooLong } from './limits';
import type { Lines } from './lines';
import { list, type Located, mapping, scalar } from './located';
import { Refusal } from './refusal';

export type JsonRead =
  | { readonly kind: 'json'; readonly root: Located }
  | { readonly kind: 'not-json' }
  | { readonly kind: 'refused'; readonly problem: DocumentProblem; readonly exceeded?: Limit };

/** Reads a text as JSON. Never throws. */
export function readJsonSource(text: string, lines: Lines): JsonRead {
  const tooDeep = firstTooDeep(text);
  if (tooDeep !== undefined) return refused(lines, tooDeep, exceeds('depth'), 'depth');
  try {
    JSON.parse(text);
  } catch {
    return { kind: 'not-json' }; // It may still be YAML, whose reader says what is wrong.
  }
  try {
    return { kind: 'json', root: new JsonWalk(text).value() };
  } catch (error) {
    if (error instanceof Refusal) return refused(lines, error.offset, error.message, error.exceeded);
    throw error;
  }
}

function refused(lines: Lines, offset: number, message: string, exceeded?: Limit): JsonRead {
  const problem = { where: lines.at(offset), message };
  return { kind: 'refused', problem, ...(exceeded === undefined ? {} : { exceeded }) };
}

/** The offset of the first bracket beyond the limit, outside of texts. */
function firstTooDeep(text: string): number | undefined {
  let depth = 0;
  let inText = false;
  for (let at = 0; at < text.length; at += 1) {
    const unit = text[at];
    if (inText) {
      if (unit === '\\') at += 1;
      else if (unit === '"') inText = false;
    } else if (unit === '"') inText = true;
    else if (unit === '{' || unit === '[') {
      depth += 1;
      if (depth > MAX_DEPTH) return at;
    } else if (unit === '}' || unit === ']') depth -= 1;
  }
  return undefined;
}

/** Walks a text that is known to be JSON of bounded depth. */
class JsonWalk {
  readonly #text: string;
  #at = 0;
  #values = 0;

  constructor(text: string) {
    this.#text = text;
  }

  /** The value at the present place; `offset` is where it counts as starting. */
  value(offset?: number): Located {
    this.#space();
    const start = offset ?? this.#at;
    this.#values += 1;
    if (this.#values > MAX_VALUES) throw new Refusal(start, exceeds('values'), 'values');
    const sign = this.#text[this.#at];
    if (sign === '{') return this.#mapping(start);
    if (sign === '[') return this.#list(start);
    return scalar(this.#scalar(), start);
  }

  #mapping(start: number): Located {
    const members = new Map<string, Located>();
    this.#at += 1;
    while (!this.#closes('}')) {
      const nameAt = this.#at;
      const name = String(this.#scalar());
      if (name === '__proto__') throw new Refusal(nameAt, 'is a name that no field may have');
      if (name.length > MAX_NAME) throw new Refusal(nameAt, tooLong(name));
      if (members.has(name)) throw new Refusal(nameAt, 'stands twice in the same object; leave one out');
      this.#space();
      this.#at += 1; // The colon.
      members.set(name, this.value(nameAt));
    }
    return mapping(members, start);
  }

  #list(start: number): Located {
    const items: Located[] = [];
    this.#at += 1;
    while (!this.#closes(']')) items.push(this.value());
    return list(items, start);
  }

  /** Goes over a comma; over the closing sign too, and says so. */
  #closes(sign: '}' | ']'): boolean {
    this.#space();
    if (this.#text[this.#at] === ',') {
      this.#at += 1;
      this.#space();
    }
    if (this.#text[this.#at] !== sign) return false;
    this.#at += 1;
    return true;
  }

  #scalar(): unknown {
    const start = this.#at;
    if (this.#text[start] === '"') this.#at = this.#endOfText(start);
    else while (!endsWord(this.#text.charCodeAt(this.#at))) this.#at += 1;
    return JSON.parse(this.#text.slice(start, this.#at));
  }

  /** The offset behind the quote that ends the text. */
  #endOfText(start: number): number {
    for (let quote = this.#text.indexOf('"', start + 1); ; quote = this.#text.indexOf('"', quote + 1)) {
      let backslashes = 0;
      while (this.#text[quote - 1 - backslashes] === '\\') backslashes += 1;
      if (backslashes % 2 === 0) return quote + 1;
    }
  }

  #space(): void {
    while (isSpace(this.#text.charCodeAt(this.#at))) this.#at += 1;
  }
}

/** JSON's white space, by its code. */
function isSpace(code: number): boolean {
  return code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09;
}

/** Whether a number, `true`, `false` or `null` is over: at white space, a comma, a closing bracket or the end of the text. */
function endsWord(code: number): boolean {
  return Number.isNaN(code) || isSpace(code) || code === 0x2c || code === 0x5d || code === 0x7d;
}
