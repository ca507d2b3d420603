// The two families of errors: those that a repetition can't mend, and those that it may.

/** Facts about an error, kept as fields so that logs and answers need not parse its text. */
export type ErrorFacts = Readonly<Record<string, string | number | boolean>>;

/** Base of all errors that this product throws on purpose. */
export abstract class RunnerError extends Error {
  readonly facts: ErrorFacts;

  constructor(message: string, facts: ErrorFacts = {}, options?: ErrorOptions) {
    super(message, options);
    this.facts = facts;
  }
}

/** Repeating the same call cannot succeed: bad input, a conflict, a wrong setting. */
export class TerminalError extends RunnerError {
  override name = 'TerminalError';
}

/** The call may succeed later: a service did not answer, a row kept changing. */
export class RetryableError extends RunnerError {
  override name = 'RetryableError';
}

/** The text of whatever was thrown. */
export function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}
