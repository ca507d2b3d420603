// A function that a template hands to map(), filter() and their kind: `lambda('x', …)`.

export class Lambda {
  /** How many values it takes. */
  readonly takes: number;
  readonly #run: (values: readonly unknown[]) => unknown;

  constructor(takes: number, run: (values: readonly unknown[]) => unknown) {
    this.takes = takes;
    this.#run = run;
  }

  /** Of more values than it takes the first ones count: an index that it does not ask for. */
  call(...values: readonly unknown[]): unknown {
    return this.#run(values.slice(0, this.takes));
  }
}
