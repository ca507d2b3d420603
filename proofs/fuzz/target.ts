// A target of the fuzzer: a parser, inputs for it, and the rules for its answer.
import type { Arbitrary } from 'fast-check';

export interface Target {
  readonly name: string;
  /** Its share of the inputs, relative to the other targets. */
  readonly share: number;
  readonly inputs: Arbitrary<string>;
  /** Inputs that are tried in every run, however short: those that once were trouble or might be. */
  readonly always: readonly string[];
  /** Parses the input, which is timed. The returned function checks the answer and throws when a rule is broken. */
  readonly parse: (input: string) => () => void;
}
