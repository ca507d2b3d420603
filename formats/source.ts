// Text -> plain values with positions: YAML or JSON (which YAML contains), within the limits.
import type { Where } from './document';

/** One document of a stream: plain values (no prototypes but Object's and Array's, no keys like `__proto__`), and where each stands. */
export interface SourceDocument {
  /** undefined for an empty document. */
  readonly value: unknown;
  /** The place of the value, or of the nearest value around it where there is none. */
  readonly locate: (pointer: string) => Where;
}
