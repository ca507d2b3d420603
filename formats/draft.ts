// Collects a draft of the spec field by field, with where each part of it came from.
import { pointerOf } from '../domain/spec/job-spec';
import type { DraftSpec } from './format-parser';
import { isMapping, type Reader } from './reader';

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

  /** Adds members to a field that is a mapping already, or to none. */
  merge(field: string, members: Readonly<Record<string, unknown>>, from: Reader): void {
    const present = this.#fields.get(field);
    this.#fields.set(field, { ...(isMapping(present) ? present : {}), ...members });
    for (const name of Object.keys(members)) this.came([field, name], from);
  }

  /** What a field was set to. */
  get(field: string): unknown {
    return this.#fields.get(field);
  }

  /** Says where a part of a field came from, by its path in the spec. */
  came(path: readonly string[], from: Reader): void {
    this.#origins.set(pointerOf(path), from.pointer);
  }

  get spec(): DraftSpec {
    return { value: Object.fromEntries(this.#fields), origins: this.#origins };
  }
}
