// What parsing a document takes and gives: options; then a spec, or problems with their places, and notes.
import type { JobSpec } from '../domain/spec/job-spec';
import type { SpecChange, SpecOverrides } from '../domain/spec/spec-overrides';
import type { Limit } from './source/limits';

/** `native`: our own spec. The others are documents that people already have. */
export const FORMATS = ['native', 'aci-yaml', 'arm-template', 'kubernetes'] as const;
export type Format = (typeof FORMATS)[number];

/**
 * Where in a document something stands: line and column from 1, as editors count; a JSON pointer (RFC 6901), empty for
 * the whole.
 */
export type Where =
  | { readonly line: number; readonly column: number; readonly pointer?: string }
  | { readonly pointer: string; readonly line?: undefined; readonly column?: undefined };

/** Something that the document's author should know although the document was taken. */
export interface Note {
  /**
   * `translated`: said otherwise in the spec; `ignored`: has no effect on a job here; `warning`: may not be what was
   * meant.
   */
  readonly kind: 'translated' | 'ignored' | 'warning';
  readonly where: Where;
  readonly message: string;
}

/** Why the document was not taken. */
export interface DocumentProblem {
  readonly where: Where;
  readonly message: string;
}

/** What is given beside a document. */
export interface ParseOptions {
  /** Left out: told from the content. */
  readonly format?: Format | undefined;
  /** As `--location` of `az container create`: checked and noted only, for placements decide where a job runs. */
  readonly location?: string | undefined;
  /** Instead of a policy that never ends a job (`Always`). */
  readonly restartPolicy?: 'OnFailure' | 'Never' | undefined;
  /** Values of an ARM template's parameters: `{ name: value }`, or `{ name: { value } }` as in a parameter file. */
  readonly parameters?: Readonly<Record<string, unknown>> | undefined;
  /** Fields of the spec that count instead of what the document says; merged before the spec is checked. */
  readonly overrides?: SpecOverrides | undefined;
  /** The least provisioning deadline of a spec, seconds (the protocol's "ten minutes"). */
  readonly provisioningAtLeastS: number;
}

export type ParsedDocument =
  | {
      readonly ok: true;
      readonly format: Format;
      readonly spec: JobSpec;
      readonly notes: readonly Note[];
      /** What the overrides changed. */
      readonly changed: readonly SpecChange[];
      /** Where the document says what the spec has at a pointer. */
      readonly whereOf: (pointer: string) => Where;
    }
  | {
      readonly ok: false;
      /** Undefined when no format was recognised. */
      readonly format?: Format | undefined;
      readonly problems: readonly DocumentProblem[];
      readonly notes: readonly Note[];
      /** The limit that was exceeded, where that is why. */
      readonly exceeded?: Limit | undefined;
    };
