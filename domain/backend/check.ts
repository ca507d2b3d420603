// What the doctor looks at, and what it says of it.

/** One thing that was looked at. */
export interface Check {
  readonly name: string;
  readonly standing: 'ok' | 'warning' | 'failed' | 'skipped';
  /** What was found. */
  readonly detail: string;
  /** What to do about it. */
  readonly todo?: string;
}

/** One look at a placement. It changes nothing. */
export interface Look {
  readonly name: string;
  /** What to do where the look fails. */
  readonly todo: string;
  /** Rejects when the look fails. */
  readonly check: () => Promise<Check>;
}

export function ok(name: string, detail: string): Check {
  return { name, standing: 'ok', detail };
}
