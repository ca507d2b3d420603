// State on disk for the stand-ins: an ordered map of text keys to JSON values, changed in atomic batches.

/** One change of a batch. `value` is anything JSON can hold. */
export type JournalChange = { readonly put: string; readonly value: unknown } | { readonly remove: string };

/**
 * An ordered map that outlives the process. A process awaits a commit before it acts on the change, so what was
 * promised before a crash is there after it. A batch is all or nothing. Reads see every batch whose commit has been
 * called, in order.
 */
export interface Journal {
  /** The value stored under `key`, or undefined. */
  get(key: string): unknown;
  /** The entries whose key starts with `prefix`, ordered by key (code units). */
  entries(prefix: string): Iterable<readonly [key: string, value: unknown]>;
  /** Applies the changes together. Resolves when they are durable. Batches become durable in the order of the calls. */
  commit(changes: readonly JournalChange[]): Promise<void>;
  /** Resolves when everything committed is durable and the storage is released. */
  close(): Promise<void>;
}
