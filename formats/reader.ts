// Walks a document's values by field: each step knows its pointer, each wrong type is reported there.
import { pointerOf } from '../domain/spec/job-spec';
import type { Report } from './report';

/**
 * A value of a document and where it stands. Getters report a problem when the type is wrong; they give undefined then,
 * and where nothing stands.
 */
export class Reader {
  readonly value: unknown;
  readonly pointer: string;
  readonly #report: Report;

  constructor(value: unknown, pointer: string, report: Report) {
    this.value = value;
    this.pointer = pointer;
    this.#report = report;
  }

  /** Whether something stands here: null counts as nothing, as in Azure's and Kubernetes' own readers. */
  get present(): boolean {
    return this.value !== undefined && this.value !== null;
  }

  /** The member of a mapping; of anything else, a reader of nothing. */
  at(key: string): Reader {
    const members = this.#members();
    const value = members !== undefined && Object.hasOwn(members, key) ? members[key] : undefined;
    return new Reader(value, this.pointer + pointerOf([key]), this.#report);
  }

  /** The names of a mapping's members whose value is not null. */
  keys(): string[] {
    return Object.entries(this.#members() ?? {}).flatMap(([key, value]) =>
      value === undefined || value === null ? [] : [key],
    );
  }

  /** Whether this is a mapping; reports it when something else stands here. */
  isMapping(what = 'a mapping'): boolean {
    if (this.#members() !== undefined) return true;
    this.#wrong(what);
    return false;
  }

  text(): string | undefined {
    if (typeof this.value === 'string') return this.value;
    this.#wrong('a text');
    return undefined;
  }

  number(): number | undefined {
    if (typeof this.value === 'number' && Number.isFinite(this.value)) return this.value;
    this.#wrong('a number');
    return undefined;
  }

  boolean(): boolean | undefined {
    if (typeof this.value === 'boolean') return this.value;
    this.#wrong('true or false');
    return undefined;
  }

  /** The items of a list; none where nothing or something else stands. */
  items(): Reader[] {
    if (!Array.isArray(this.value)) {
      this.#wrong('a list');
      return [];
    }
    const values: readonly unknown[] = this.value;
    return values.map((value, index) => new Reader(value, `${this.pointer}/${index}`, this.#report));
  }

  /** Texts of a list of texts; undefined when nothing stands here. */
  texts(): string[] | undefined {
    if (!this.present) return undefined;
    return this.items().flatMap((item) => item.text() ?? []);
  }

  problem(message: string): void {
    this.#report.problem(this.pointer, message);
  }

  translated(message: string): void {
    this.#report.note('translated', this.pointer, message);
  }

  ignored(message: string): void {
    this.#report.note('ignored', this.pointer, message);
  }

  warning(message: string): void {
    this.#report.note('warning', this.pointer, message);
  }

  #members(): Readonly<Record<string, unknown>> | undefined {
    return isMapping(this.value) ? this.value : undefined;
  }

  #wrong(expected: string): void {
    if (this.present) this.problem(`is ${inWords(this.value)}, must be ${expected}`);
  }
}

/** Whether the value is a mapping: an object that is no list. */
export function isMapping(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The value's kind, and a short scalar itself, for a person. */
export function inWords(value: unknown): string {
  if (Array.isArray(value)) return 'a list';
  if (isMapping(value)) return 'a mapping';
  return typeof value === 'string' ? 'a text' : `the ${typeof value} ${String(value)}`;
}
