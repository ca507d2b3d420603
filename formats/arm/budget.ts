// How much the expressions of one template may produce in all, because variables can double a value dozens of times.
import { MAX_DEPTH } from '../../domain/parse/max-depth';
import { ExhaustedError, ExpressionError } from './expression';
import { isObject, scalarOf } from './marks';

/** Characters of the longest text that an expression may make. */
const MAX_CHARACTERS = 64 * 1024;
/** What all results together may hold: a value counts 1, and 1 more for every 16 characters. */
const MAX_SPENT = 20_000;
/** How many values all functions together may look at in what they are given. */
const MAX_VISITS = 200_000;

export class Budget {
  #left = MAX_SPENT;
  #visits = MAX_VISITS;

  /** Counts a result and gives it back; throws ExpressionError when it is too much. */
  spend<Value>(value: Value): Value {
    this.#count(value, 0);
    return value;
  }

  /** Counts a value that is looked at. */
  visit(): void {
    this.#visits -= 1;
    if (this.#visits < 0) tooMuch();
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

  #count(of: unknown, depth: number): void {
    const value = scalarOf(of);
    this.#left -= 1 + (typeof value === 'string' ? value.length / 16 : 0);
    if (this.#left < 0) tooMuch();
    if (depth > MAX_DEPTH) throw new ExpressionError(`makes a value that nests more than ${MAX_DEPTH} deep`);
    if (Array.isArray(value)) for (const item of value) this.#count(item, depth + 1);
    else if (isObject(value)) for (const member of Object.values(value)) this.#count(member, depth + 1);
  }
}

function tooMuch(): never {
  throw new ExhaustedError('is an expression of a template whose expressions produce too much');
}

function tooLong(): never {
  throw new ExpressionError(`makes a text of more than ${MAX_CHARACTERS} characters`);
}
