// How much the expressions of one template may produce in all: variables can double a value dozens of times.
import { MAX_DEPTH } from '../limits';
import { isMapping } from '../reader';
import { ExpressionError } from './expression';

/** Characters of the longest text that an expression may make. */
const MAX_CHARACTERS = 64 * 1024;
/** What all results together may hold: a value counts 1, and 1 more for every 16 characters. */
const MAX_SPENT = 20_000;

export class Budget {
  #left = MAX_SPENT;

  /** Counts a result and gives it back; throws ExpressionError when it is too much. */
  spend<Value>(value: Value): Value {
    this.#count(value, 0);
    return value;
  }

  /** The texts one after the other. */
  joined(parts: Iterable<string>, separator = ''): string {
    let text = '';
    let isFirst = true;
    for (const part of parts) {
      if (text.length + part.length + separator.length > MAX_CHARACTERS) tooLong();
      text += isFirst ? part : separator + part;
      isFirst = false;
    }
    return text;
  }

  /** `text`, `count` times; for padding. */
  repeated(text: string, count: number): string {
    if (text.length * count > MAX_CHARACTERS) tooLong();
    return text.repeat(count);
  }

  #count(value: unknown, depth: number): void {
    this.#left -= 1 + (typeof value === 'string' ? value.length / 16 : 0);
    if (this.#left < 0)
      throw new ExpressionError('is an expression of a template whose expressions produce too much');
    if (depth > MAX_DEPTH) throw new ExpressionError(`makes a value that nests more than ${MAX_DEPTH} deep`);
    if (Array.isArray(value)) for (const item of value) this.#count(item, depth + 1);
    else if (isMapping(value)) for (const member of Object.values(value)) this.#count(member, depth + 1);
  }
}

function tooLong(): never {
  throw new ExpressionError(`makes a text of more than ${MAX_CHARACTERS} characters`);
}
