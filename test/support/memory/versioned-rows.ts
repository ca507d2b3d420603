// Rows with ETags in memory, as the tables keep them: checked, copied and conditional.
import type { z } from 'zod';

import type { Versioned } from '../../../domain/ports/job-store';
import { entityOf } from '../../../storage/rows/row-column';

/** Deterministic: ETags count the writes. */
export class VersionedRows<Row> {
  readonly #schema: z.ZodType<Row>;
  /** A frozen copy: neither writer nor reader can change what is stored. */
  readonly #rows = new Map<string, Versioned<Row>>();
  #writes = 0;
  /** The last row that passed. */
  #checked: Row | undefined;

  constructor(schema: z.ZodType<Row>) {
    this.#schema = schema;
  }

  get(key: string): Versioned<Row> | undefined {
    return this.#rows.get(key);
  }

  /** Keys in the order in which tables list them. */
  keys(): string[] {
    return [...this.#rows.keys()].sort();
  }

  /** Throws what a table would refuse. */
  check(key: string, row: Row): void {
    entityOf(this.#schema, { partitionKey: 'memory', rowKey: key }, row);
    this.#checked = row;
  }

  has(key: string, etag: string): boolean {
    return this.#rows.get(key)?.etag === etag;
  }

  put(key: string, row: Row): void {
    if (this.#checked !== row) this.check(key, row);
    this.#writes += 1;
    const copy = frozen(JSON.parse(JSON.stringify(row))) as Row; // What was checked, through JSON as in a table.
    this.#rows.set(key, Object.freeze({ row: copy, etag: `"${this.#writes}"` }));
  }

  remove(key: string): void {
    this.#rows.delete(key);
  }
}

function frozen(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  for (const member of Object.values(value)) frozen(member);
  return Object.freeze(value);
}
