// JSON text -> located values. Strict, but for what Resource Manager's dialect has besides: that is read and told
// apart.
import { MAX_DEPTH } from '../../domain/parse/max-depth';
import type { DocumentProblem } from '../document';
import { Refusal } from '../refusal';
import { JsonCursor, type Liberty } from './json-cursor';
import { exceeds, type Limit, MAX_NAME_CHARACTERS, MAX_VALUES, tooLong } from './limits';
import type { Lines } from './lines';
import { list, type Located, mapping, scalar } from './located';

export type JsonRead =
  | {
      readonly kind: 'json';
      readonly root: Located;
      /** What JSON does not have and an ARM template may: problems in every other document. */
      readonly liberties: readonly DocumentProblem[];
    }
  | { readonly kind: 'refused'; readonly problem: DocumentProblem; readonly exceeded?: Limit };

const SAID: Readonly<Record<Liberty, string>> = {
  comment:
    'starts a comment, which only an ARM template may have in JSON; leave it out, or write the document in YAML, whose comments start with #',
  'line-break':
    'is a line break or a tab within a text, which only an ARM template may have in JSON; write \\n or \\t',
};

/**
 * Reads a text as JSON: what it gives is what JSON.parse gives, and where the text has comments, line breaks or tabs
 * within texts what it gives without the comments and with those escaped. Refused besides what is no JSON: a name that
 * stands twice, `__proto__`, half a surrogate pair, and a number that a double does not hold. Never throws.
 */
export function readJsonSource(text: string, lines: Lines): JsonRead {
  const cursor = new JsonCursor(text, lines);
  try {
    const root = new JsonReader(cursor).root();
    const liberties = [...cursor.liberties].map(([kind, offset]) => ({
      where: lines.at(offset),
      message: SAID[kind],
    }));
    return { kind: 'json', root, liberties };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const problem = { where: lines.at(error.offset), message: error.message };
    return {
      kind: 'refused',
      problem,
      ...(error.exceeded === undefined ? {} : { exceeded: error.exceeded }),
    };
  }
}

class JsonReader {
  readonly #cursor: JsonCursor;
  #values = 0;

  constructor(cursor: JsonCursor) {
    this.#cursor = cursor;
  }

  root(): Located {
    const root = this.#value(0);
    if (this.#cursor.next() !== undefined)
      this.#cursor.unexpected('the end of the document (several documents: submit each by itself)');
    return root;
  }

  /** The value at the cursor; `offset` is where it counts as starting. */
  #value(depth: number, offset?: number): Located {
    const cursor = this.#cursor;
    const sign = cursor.next();
    const start = offset ?? cursor.offset;
    this.#values += 1;
    if (this.#values > MAX_VALUES) throw new Refusal(start, exceeds('values'), 'values');
    if (sign === '{' || sign === '[') {
      if (depth === MAX_DEPTH) throw new Refusal(cursor.offset, exceeds('depth'), 'depth');
      cursor.step();
      return sign === '{' ? this.#mapping(depth + 1, start) : this.#list(depth + 1, start);
    }
    if (sign === '"') return scalar(cursor.text(), start);
    if (sign !== undefined && /[-\d]/.test(sign)) return scalar(cursor.number(), start);
    if (sign !== undefined && /[A-Za-z_$]/.test(sign)) return scalar(cursor.word(), start);
    return cursor.unexpected('a value');
  }

  #mapping(depth: number, start: number): Located {
    const cursor = this.#cursor;
    const members = new Map<string, Located>();
    for (let goesOn = !this.#closes('}'); goesOn; goesOn = this.#goesOn('}')) {
      if (cursor.next() !== '"') cursor.unexpected('a name in double quotes');
      const nameAt = cursor.offset;
      const name = cursor.text();
      if (name === '__proto__') throw new Refusal(nameAt, 'is a name that no field may have');
      if (name.length > MAX_NAME_CHARACTERS) throw new Refusal(nameAt, tooLong(name));
      if (members.has(name)) throw new Refusal(nameAt, 'stands twice in the same object; leave one out');
      if (cursor.next() !== ':') cursor.unexpected('":"');
      cursor.step();
      members.set(name, this.#value(depth, nameAt));
    }
    return mapping(members, start);
  }

  #list(depth: number, start: number): Located {
    const items: Located[] = [];
    for (let goesOn = !this.#closes(']'); goesOn; goesOn = this.#goesOn(']')) items.push(this.#value(depth));
    return list(items, start);
  }

  /** Over a comma, behind which more must come; or over the closing sign. */
  #goesOn(sign: '}' | ']'): boolean {
    if (this.#closes(sign)) return false;
    const comma = this.#cursor.offset;
    if (this.#cursor.next() !== ',') this.#cursor.unexpected(`a comma or "${sign}"`);
    this.#cursor.step();
    if (this.#cursor.next() === sign)
      throw new Refusal(
        comma,
        `is a comma with nothing behind it, which JSON does not have before "${sign}"`,
      );
    return true;
  }

  #closes(sign: '}' | ']'): boolean {
    if (this.#cursor.next() !== sign) return false;
    this.#cursor.step();
    return true;
  }
}
