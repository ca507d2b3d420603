// One row of what a platform can show of a failure, and the reason that is made of it.
import {
  type Reason,
  reason,
  type ReasonClass,
  type ReasonCode,
  REASONS,
} from '../domain/job/failure-reason';

interface FailureRow {
  /** For people: what is shown. */
  readonly shown: string;
  /** Phrases, not sentences: the texts differ between versions and vendors. Left out: matches whatever comes so far. */
  readonly text?: RegExp;
  readonly reason: ReasonCode;
  /** Where it is not the reason's own. */
  readonly class?: ReasonClass;
  /** What its owner can do about it: a sentence. */
  readonly advice?: string;
  /** The recordings that show it, or where it is documented (docs/facts). */
  readonly source: string;
}

/** The last row of a table matches everything. */
export type FailureTable = readonly [...FailureRow[], FailureRow & { readonly text?: never }];

/** The reason of the first row that matches: what `says` makes of what was shown, and the row's advice after it. */
export function reasonBy(table: FailureTable, text: string, says: (text: string) => string): Reason {
  const row = table.find((one) => one.text === undefined || one.text.test(text)) ?? table[table.length - 1];
  if (row === undefined) throw new Error('A table of failures has no row.');
  const said = says(text.trim() === '' ? 'the platform said no more' : text.trim());
  const message = row.advice === undefined ? said : `${asSentence(said)} ${row.advice}`;
  return reason(row.reason, message, row.class ?? REASONS[row.reason].class);
}

/** Platforms end their texts with a full stop or without. */
function asSentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
