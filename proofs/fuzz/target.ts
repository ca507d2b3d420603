// What the fuzzer throws inputs at: a parser, inputs for it, and what must hold of its answer.
import type { Arbitrary } from 'fast-check';

export interface Target {
  readonly name: string;
  /** How many of the inputs it gets, compared with the others. */
  readonly share: number;
  readonly inputs: Arbitrary<string>;
  /** Inputs that are tried in every run, however short: those that once were, or might be, trouble. */
  readonly always: readonly string[];
  /** Parses, which is timed; what it gives back looks at the answer and throws when a rule is broken. */
  readonly parse: (input: string) => () => void;
}
