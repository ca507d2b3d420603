// A part of a template with its expressions evaluated and its copies made, as a reader that knows where each value
// stands in the document.
import { pointerOf } from '../../domain/spec/job-spec';
import { isMapping, Reader } from '../reader';
import type { Report } from '../report';
import { copiesOf, type Copy, copyCount, copyName } from './copies';
import { type Locals, withCopy } from './evaluate';
import { ExhaustedError, ExpressionError } from './expression';
import { isObject, Marked, type Marks, scalarOf } from './marks';
import type { TemplateScope } from './template-scope';

/** A scalar that was made from more than the template. */
export interface Leaf {
  readonly pointer: string;
  readonly marks: Marks;
}

/** `pointer` is a value's place in the evaluated part, `origin` the one in the document: they differ within copies. */
interface Place {
  readonly pointer: string;
  readonly origin: string;
}

export class Evaluation {
  readonly leaves: Leaf[] = [];
  readonly #scope: TemplateScope;
  readonly #report: Report;
  readonly #isSkipped: (pointer: string) => boolean;
  /** Where copies stand in the document, by their pointers. */
  readonly #origins = new Map<string, string>();

  /** `isSkipped`: what is left as it stands, being of no interest. */
  constructor(scope: TemplateScope, report: Report, isSkipped: (pointer: string) => boolean) {
    this.#scope = scope;
    this.#report = report.through((pointer) => this.placeOf(pointer));
    this.#isSkipped = isSkipped;
  }

  /** Says what there is to say of the evaluated part, at its place in the document. */
  get report(): Report {
    return this.#report;
  }

  /** The part's values; what can't be evaluated is reported at its place and left out. */
  of(part: Reader, locals: Locals): Reader {
    const place = { pointer: part.pointer, origin: part.pointer };
    try {
      return new Reader(this.#value(part.value, place, locals), part.pointer, this.#report);
    } catch (error) {
      if (error instanceof ExhaustedError) return new Reader(undefined, part.pointer, this.#report); // It is reported.
      throw error;
    }
  }

  /** The place in the document of a value of the evaluated part. */
  placeOf(pointer: string): string {
    const prefixes = [...this.#origins.keys()].filter((one) => `${pointer}/`.startsWith(`${one}/`));
    const longest = prefixes.reduce((best, one) => (one.length > best.length ? one : best), '');
    return (this.#origins.get(longest) ?? '') + pointer.slice(longest.length);
  }

  #value(value: unknown, at: Place, locals: Locals): unknown {
    if (this.#isSkipped(at.pointer)) return value;
    if (typeof value === 'string') return this.#text(value, at, locals);
    if (Array.isArray(value)) return value.map((item, index) => this.#value(item, within(at, index), locals));
    if (!isMapping(value)) return value;
    const copies = copiesOf(value);
    const own = Object.entries(value).filter(([name]) => copies.length === 0 || name !== 'copy');
    return Object.fromEntries([
      ...own.flatMap(([name, member]) => {
        const inner = within(at, name);
        const evaluated = this.#name(name, inner, locals);
        return evaluated === undefined ? [] : [[evaluated, this.#value(member, inner, locals)]];
      }),
      ...copies.flatMap((copy) => this.#copied(copy, at, locals)),
    ]);
  }

  #copied(copy: Copy, at: Place, locals: Locals): [string, unknown][] {
    const origin = `${at.origin}/copy/${copy.index}`;
    const made = this.#tried({ pointer: `${at.pointer}/copy/${copy.index}`, origin }, () => ({
      name: copyName(this.#scope.deep(copy.name, locals)),
      count: copyCount(this.#scope.deep(copy.count, locals)),
    }));
    if (made === undefined) return [];
    const { name, count } = made;
    const items = Array.from({ length: count }, (_, index) => {
      const place = { pointer: `${at.pointer}${pointerOf([name, index])}`, origin: `${origin}/input` };
      this.#origins.set(place.pointer, place.origin);
      const item = this.#value(copy.input, place, withCopy(locals, [name], index));
      return this.#tried(place, () => this.#scope.budget.spend(item));
    });
    return [[name, items]];
  }

  /** Names can be expressions too: the identities of a group are named by their ids. */
  #name(name: string, at: Place, locals: Locals): string | undefined {
    const value = this.#text(name, at, locals);
    if (typeof value === 'string' && value !== '__proto__') return value;
    if (value !== undefined)
      this.#report.problem(at.pointer, 'has an expression for a name that makes no name');
    return undefined;
  }

  #text(text: string, at: Place, locals: Locals): unknown {
    return this.#tried(at, () => {
      const value = this.#scope.text(text, locals);
      return this.#scope.budget.spend(this.#plain(value, at.pointer));
    });
  }

  /** The value without its marks, which become leaves where they stand. */
  #plain(value: unknown, pointer: string): unknown {
    this.#scope.budget.visit();
    if (value instanceof Marked) {
      this.leaves.push({ pointer, marks: value.marks });
      return value.value;
    }
    if (Array.isArray(value)) return value.map((item, index) => this.#plain(item, `${pointer}/${index}`));
    if (isObject(value))
      return Object.fromEntries(
        Object.entries(value).map(([name, member]) => [
          name,
          this.#plain(member, pointer + pointerOf([name])),
        ]),
      );
    if (typeof value === 'object' && value !== null)
      throw new ExpressionError('makes a lambda, which is no value');
    return scalarOf(value);
  }

  #tried<Value>(at: Place, find: () => Value): Value | undefined {
    try {
      return find();
    } catch (error) {
      if (!(error instanceof ExpressionError)) throw error;
      this.#origins.set(at.pointer, at.origin);
      this.#report.problem(at.pointer, error.message);
      if (error instanceof ExhaustedError) throw error;
      return undefined;
    }
  }
}

function within({ pointer, origin }: Place, part: string | number): Place {
  const step = pointerOf([part]);
  return { pointer: pointer + step, origin: origin + step };
}
