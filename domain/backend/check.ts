// What the doctor inspects, and what it says of it.

/** One thing that was inspected. */
export interface Check {
  readonly name: string;
  readonly standing: 'ok' | 'warning' | 'failed' | 'skipped';
  /** What was found. */
  readonly detail: string;
  /** What to do about it. */
  readonly todo?: string;
}

/** One thing of a placement that the doctor inspects. It changes nothing. */
export interface Inspection {
  readonly name: string;
  /** What to do where the inspection fails. */
  readonly todo: string;
  /** Rejects when the inspection fails. */
  readonly check: () => Promise<Check>;
}

export function ok(name: string, detail: string): Check {
  return { name, standing: 'ok', detail };
}
