// Arguments of a template function: their number and types are checked as they are taken, and what they are marked with
// is kept.
import type { Budget } from '../budget';
import { ExpressionError } from '../expression';
import { bare, isObject, type Marks, mergedMarks, NO_MARKS, scalarOf } from '../marks';
import { Lambda } from './lambda';

/** A double that prints in digits alone: ARM's own numbers are whole, and those of float() are amounts. */
const PLAIN_NUMBER = /^-?\d+(\.\d+)?$/;

export class Arguments {
  /** As they came: what is handed on from here keeps its marks. */
  readonly given: readonly unknown[];
  readonly budget: Budget;
  /** Of the function, as the template writes it. */
  readonly name: string;
  #seen = NO_MARKS;

  constructor(name: string, given: readonly unknown[], budget: Budget) {
    this.name = name;
    this.given = given;
    this.budget = budget;
  }

  get length(): number {
    return this.given.length;
  }

  /** The marks of all that was looked at: whatever is made from it bears them. */
  get seen(): Marks {
    return this.#seen;
  }

  /** Throws unless there are so many. */
  count(least: number, most = least): void {
    if (this.length >= least && this.length <= most) return;
    const wanted =
      most === Infinity ? `at least ${least}` : least === most ? `${least}` : `${least} to ${most}`;
    throw new ExpressionError(`gives ${this.name}() ${this.length} arguments, it takes ${wanted}`);
  }

  /** The argument looked at, at any depth. */
  value(index: number): unknown {
    return this.look(this.given[index]);
  }

  /** Part of an argument looked at, at any depth. */
  look(part: unknown): unknown {
    return bare(
      part,
      () => {
        this.budget.visit();
      },
      (marks) => {
        this.#seen = mergedMarks(this.#seen, marks);
      },
    );
  }

  /** Part of an argument looked at only to compare it: what comes of that does not bear its marks. */
  compared(part: unknown): unknown {
    return bare(
      part,
      () => {
        this.budget.visit();
      },
      () => undefined,
    );
  }

  is(index: number, kind: 'text' | 'list' | 'object'): boolean {
    const value = scalarOf(this.given[index]);
    if (kind === 'text') return typeof value === 'string';
    return kind === 'list' ? Array.isArray(value) : isObject(value);
  }

  text(index: number): string {
    const value = this.#scalar(index);
    return typeof value === 'string' ? value : this.#wrong(index, 'a text');
  }

  integer(index: number): number {
    const value = this.#scalar(index);
    return typeof value === 'number' && Number.isSafeInteger(value)
      ? value
      : this.#wrong(index, 'a whole number');
  }

  boolean(index: number): boolean {
    const value = this.#scalar(index);
    return typeof value === 'boolean' ? value : this.#wrong(index, 'true or false');
  }

  /** Its items as they came. */
  list(index: number): readonly unknown[] {
    const value: unknown = this.given[index];
    return Array.isArray(value) ? value : this.#wrong(index, 'an array');
  }

  /** Its members as they came. */
  object(index: number): Readonly<Record<string, unknown>> {
    const value = this.given[index];
    return isObject(value) ? value : this.#wrong(index, 'an object');
  }

  lambda(index: number): Lambda {
    const value = this.given[index];
    return value instanceof Lambda ? value : this.#wrong(index, 'a lambda');
  }

  /** The argument as text, as concat and format take numbers and booleans too. */
  words(index: number): string {
    const value = this.#scalar(index);
    if (typeof value === 'string') return value;
    if (typeof value === 'number' && PLAIN_NUMBER.test(String(value))) return String(value);
    if (typeof value === 'boolean') return value ? 'True' : 'False';
    return this.#wrong(index, 'a text, a number in digits or a boolean');
  }

  #scalar(index: number): unknown {
    const value = scalarOf(this.given[index]);
    return typeof value === 'object' ? value : this.value(index);
  }

  #wrong(index: number, expected: string): never {
    throw new ExpressionError(
      `gives ${this.name}() ${kindOf(scalarOf(this.given[index]))} as argument ${index + 1}, it takes ${expected}`,
    );
  }
}

function kindOf(value: unknown): string {
  if (Array.isArray(value)) return 'an array';
  if (value instanceof Lambda) return 'a lambda';
  if (isObject(value)) return 'an object';
  return value === null ? 'null' : `a ${typeof value}`;
}
