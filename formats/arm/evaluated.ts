// A part of a template with its expressions evaluated, as a reader at the same place.
import { pointerOf } from '../../domain/job-spec';
import { isMapping, Reader } from '../reader';
import type { Report } from '../report';
import { ExpressionError } from './expression';
import type { Made, TemplateScope } from './template-scope';

/** A text of the template that was made from more than itself. */
export interface Leaf {
  readonly pointer: string;
  readonly made: Made;
}

export class Evaluation {
  readonly leaves: Leaf[] = [];
  readonly #scope: TemplateScope;
  readonly #report: Report;
  readonly #isSkipped: (pointer: string) => boolean;

  /** `isSkipped`: what is left as it stands, being of no interest. */
  constructor(scope: TemplateScope, report: Report, isSkipped: (pointer: string) => boolean) {
    this.#scope = scope;
    this.#report = report;
    this.#isSkipped = isSkipped;
  }

  /** The part's values; what can't be evaluated is reported at its place and left out. */
  of(part: Reader): Reader {
    return new Reader(this.#value(part.value, part.pointer), part.pointer, this.#report);
  }

  #value(value: unknown, pointer: string): unknown {
    if (this.#isSkipped(pointer)) return value;
    if (typeof value === 'string') return this.#text(value, pointer);
    if (Array.isArray(value)) return value.map((item, index) => this.#value(item, `${pointer}/${index}`));
    if (!isMapping(value)) return value;
    return Object.fromEntries(
      Object.entries(value).flatMap(([name, member]) => {
        const at = pointer + pointerOf([name]);
        const evaluated = this.#name(name, at);
        return evaluated === undefined ? [] : [[evaluated, this.#value(member, at)]];
      }),
    );
  }

  /** Names can be expressions too: the identities of a group are named by their ids. */
  #name(name: string, pointer: string): string | undefined {
    const value = this.#text(name, pointer);
    if (typeof value === 'string' && value !== '__proto__') return value;
    if (value !== undefined) this.#report.problem(pointer, 'has an expression for a name that makes no name');
    return undefined;
  }

  #text(text: string, pointer: string): unknown {
    try {
      const { value, made } = this.#scope.text(text);
      this.leaves.push({ pointer, made });
      return value;
    } catch (error) {
      if (!(error instanceof ExpressionError)) throw error;
      this.#report.problem(pointer, error.message);
      return undefined;
    }
  }
}
