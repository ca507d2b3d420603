// What Container Instances can show of a failure, and the typed reason of each: one table, shown to users in
// docs/failures.md.
import { ANSWER_FAILURES } from './answer-failures';
import { CREATE_FAILURES } from './create-failures';
import type { FailureRow } from './failure-row';
import { GROUP_FAILURES } from './group-failures';
import { START_FAILURES } from './start-failures';

/** In this order: of the rows for one place the first that matches counts. */
export const FAILURE_TABLE: readonly FailureRow[] = [
  ...CREATE_FAILURES,
  ...GROUP_FAILURES,
  ...START_FAILURES,
  ...ANSWER_FAILURES,
];
