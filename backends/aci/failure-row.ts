// One row of what Container Instances can show of a failure, and how a row is found.
import { type ReasonClass, type ReasonCode, REASONS } from '../../domain/job/failure-reason';

/**
 * Where it shows: the answer to a create's PUT; a group whose provisioning failed; events about an image, about a
 * start; the state of a group or container; the answer to a look, to a request for the log.
 */
export type FailurePlace = 'create' | 'provisioning' | 'image' | 'start' | 'state' | 'look' | 'log';

export interface FailureRow {
  readonly where: FailurePlace;
  /** For people: what is shown. Codes and statuses speak for themselves when it is left out. */
  readonly shown?: string;
  /** All that are given must match; a row without any matches everything that comes so far. */
  readonly statuses?: readonly number[];
  readonly codes?: readonly string[];
  readonly text?: RegExp;
  readonly reason: ReasonCode;
  /** What its owner can do about it: a sentence. */
  readonly advice?: string;
  /** Where it is not the reason's own. */
  readonly class?: ReasonClass;
  /**
   * `at-once`: the attempt ends with the reason. `if-it-lasts`: it proves nothing yet; the reason is what the attempt
   * ends with if nothing else shows in time. `never`: it is noted beside the outcome if it lasts.
   */
  readonly ends: 'at-once' | 'if-it-lasts' | 'never';
  /** The fact that it rests on: a section of docs/facts, a rule of the protocol, or whose words they are. */
  readonly source: string;
}

export interface Symptom {
  readonly status?: number;
  readonly code?: string | undefined;
  readonly text?: string;
}

/** The first row that matches; undefined when the table has none for it. */
export function findRow(
  table: readonly FailureRow[],
  where: FailurePlace,
  symptom: Symptom,
): FailureRow | undefined {
  return table.find((row) => row.where === where && matches(row, symptom));
}

/** A row's class: its own, else its reason's. */
export function classOf(row: FailureRow): ReasonClass {
  return row.class ?? REASONS[row.reason].class;
}

function matches({ statuses, codes, text }: FailureRow, symptom: Symptom): boolean {
  return (
    (statuses === undefined || (symptom.status !== undefined && statuses.includes(symptom.status))) &&
    (codes === undefined || (symptom.code !== undefined && codes.includes(symptom.code))) &&
    (text?.test(symptom.text ?? '') ?? true)
  );
}
