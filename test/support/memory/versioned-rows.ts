// Rows with ETags in memory, as the tables keep them: checked, copied, conditional.
import type { z } from 'zod';

import type { Versioned } from '../../../domain/job-store';
import { entityOf } from '../../../storage/row-column';

/** Deterministic: ETags count the writes. */
export class VersionedRows<Row> {
  readonly #schema: z.ZodType<Row>;
  /** As JSON, so that no reader can change what is stored. */
  readonly #rows = new Map<string, { readonly text: string; readonly etag: string }>();
  #writes = 0;

  constructor(schema: z.ZodType<Row>) {
    this.#schema = schema;
  }

  get(key: string): Versioned<Row> | undefined {
    const found = this.#rows.get(key);
    return found === undefined ? undefined : { row: JSON.parse(found.text) as Row, etag: found.etag };
  }

  /** Keys in the order in which tables list them. */
  keys(): string[] {
    return [...this.#rows.keys()].sort();
  }

  /** Throws what a table would refuse. */
  check(key: string, row: Row): void {
    entityOf(this.#schema, { partitionKey: 'memory', rowKey: key }, row);
  }

  has(key: string, etag: string): boolean {
    return this.#rows.get(key)?.etag === etag;
  }

  put(key: string, row: Row): void {
    this.check(key, row);
    this.#writes += 1;
    this.#rows.set(key, { text: JSON.stringify(row), etag: `"${this.#writes}"` });
  }

  remove(key: string): void {
    this.#rows.delete(key);
  }
}
