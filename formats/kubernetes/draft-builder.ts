// Collects a draft of the spec, and where each part of it came from.
import { pointerOf } from '../../domain/job-spec';
import type { DraftSpec } from '../format-parser';
import { isMapping, type Reader } from '../reader';

export class DraftBuilder {
  readonly #fields = new Map<string, unknown>();
  readonly #origins = new Map<string, string>();

  /** `of` is what the spec as a whole comes from. */
  constructor(of: Reader) {
    this.#origins.set('', of.pointer);
  }

  set(field: string, value: unknown, from: Reader): void {
    this.#fields.set(field, value);
    this.#origins.set(pointerOf([field]), from.pointer);
  }

  /** Adds members to a field that is a mapping already. */
  merge(field: string, members: Readonly<Record<string, unknown>>, from: Reader): void {
    const present = this.#fields.get(field);
    this.#fields.set(field, { ...(isMapping(present) ? present : {}), ...members });
    for (const name of Object.keys(members)) this.#origins.set(pointerOf([field, name]), from.pointer);
  }

  get(field: string): unknown {
    return this.#fields.get(field);
  }

  /** Where a part of a field came from; `pointer` is that of the spec. */
  origin(pointer: string, from: Reader): void {
    this.#origins.set(pointer, from.pointer);
  }

  get draft(): DraftSpec {
    return { value: Object.fromEntries(this.#fields), origins: this.#origins };
  }
}
