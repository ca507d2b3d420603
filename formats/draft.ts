// Collects a draft of the spec field by field, with where each part of it came from.
import { pointerOf } from '../domain/job-spec';
import type { DraftSpec } from './format-parser';
import type { Reader } from './reader';

export class Draft {
  readonly #fields = new Map<string, unknown>();
  readonly #origins = new Map<string, string>();

  /** `of` is what the spec as a whole comes from. */
  constructor(of: Reader) {
    this.#origins.set('', of.pointer);
  }

  /** Sets a field of the spec; `undefined` leaves it out. */
  set(field: string, value: unknown, from: Reader): void {
    if (value === undefined) return;
    this.#fields.set(field, value);
    this.came([field], from);
  }

  /** Says where a part of a field came from, by its path in the spec. */
  came(path: readonly string[], from: Reader): void {
    this.#origins.set(pointerOf(path), from.pointer);
  }

  get spec(): DraftSpec {
    return { value: Object.fromEntries(this.#fields), origins: this.#origins };
  }
}
