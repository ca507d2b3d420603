// What became of a mutant.

export type Judgement =
  | {
      readonly kind: 'falls';
      /** The invariant, or `test`. */
      readonly by: string;
      /** The seed, or how many tests failed. */
      readonly at: string;
      /** What was said of it. */
      readonly how: string;
    }
  | {
      readonly kind: 'survives';
      /** What was tried. */
      readonly after: string;
      /** What fell instead. */
      readonly saw: string;
    };
