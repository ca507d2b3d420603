// One document as it was read, in whatever notation.
import type { DocumentProblem, Where } from '../document';
import type { OldReader } from './old-yaml';

/** One document of a stream: plain values (objects have no name `__proto__`), and where each stands. */
export interface SourceDocument {
  /** Never undefined nor null: empty documents are left out. */
  readonly value: unknown;
  /** The place of the value, or of the nearest value around it where there is none. Members start at their names. */
  readonly locate: (pointer: string) => Where;
  /** What JSON does not have and an ARM template may: problems in every other document. Empty for YAML. */
  readonly liberties: readonly DocumentProblem[];
  /** What this tool's reader takes otherwise than YAML 1.2 does. Empty for JSON. */
  readonly otherwiseIn: (reader: OldReader) => readonly DocumentProblem[];
}
