// Arguments of a template function: their number and types are checked as they are taken.
import { isMapping } from '../reader';
import type { Budget } from './budget';
import { ExpressionError } from './expression';

export class Arguments {
  readonly all: readonly unknown[];
  readonly budget: Budget;
  readonly #name: string;

  constructor(name: string, all: readonly unknown[], budget: Budget) {
    this.#name = name;
    this.all = all;
    this.budget = budget;
  }

  get length(): number {
    return this.all.length;
  }

  /** Throws unless there are so many. */
  count(least: number, most = least): void {
    if (this.length >= least && this.length <= most) return;
    const wanted =
      most === Infinity ? `at least ${least}` : least === most ? `${least}` : `${least} to ${most}`;
    throw new ExpressionError(`gives ${this.#name}() ${this.length} arguments, it takes ${wanted}`);
  }

  text(index: number): string {
    const value = this.all[index];
    return typeof value === 'string' ? value : this.#wrong(index, 'a text');
  }

  integer(index: number): number {
    const value = this.all[index];
    return typeof value === 'number' && Number.isSafeInteger(value)
      ? value
      : this.#wrong(index, 'a whole number');
  }

  boolean(index: number): boolean {
    const value = this.all[index];
    return typeof value === 'boolean' ? value : this.#wrong(index, 'true or false');
  }

  list(index: number): readonly unknown[] {
    const value: unknown = this.all[index];
    return Array.isArray(value) ? value : this.#wrong(index, 'an array');
  }

  /** The argument as text, as concat and format take numbers and booleans too. */
  words(index: number): string {
    const value = this.all[index];
    if (typeof value === 'string') return value;
    if (typeof value === 'number') return String(value);
    if (typeof value === 'boolean') return value ? 'True' : 'False';
    return this.#wrong(index, 'a text, a number or a boolean');
  }

  #wrong(index: number, expected: string): never {
    const value = this.all[index];
    const kind = Array.isArray(value)
      ? 'an array'
      : isMapping(value)
        ? 'an object'
        : value === null
          ? 'null'
          : `a ${typeof value}`;
    throw new ExpressionError(`gives ${this.#name}() ${kind} as argument ${index + 1}, it takes ${expected}`);
  }
}
