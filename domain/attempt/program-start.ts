// What looks have told of the start of an attempt's program: what is certain, and what was only possible.
import type { Workload } from '../ports/compute-backend';
import type { AttemptRow } from './attempt';

type StartFacts = Pick<AttemptRow, 'startShown' | 'startPossible'>;

/** Whether its program has started or may have: another start of it might be a second run. */
export function mayHaveStarted({ startShown, startPossible }: StartFacts): boolean {
  return startShown || startPossible === true;
}

/**
 * What is certain stays. What was only possible falls when a later look denies it of the same run: what waits for its
 * first start has not run before. Of another run, or where there were several, a denial says nothing.
 */
export function withStart(row: AttemptRow, workload: Workload): AttemptRow {
  const kept = isReplaced(row, workload) ? withRunForgotten(row) : row;
  switch (workload.started) {
    case 'yes':
      return { ...kept, startShown: true };
    case 'perhaps':
      return isDeniedForGood(kept, workload) ? kept : { ...kept, startPossible: true };
    case 'no':
      return withDenial(kept, workload);
  }
}

function withDenial(row: AttemptRow, workload: Workload): AttemptRow {
  const { run, phase, ranMoreThanOnce } = workload;
  if (run === undefined || ranMoreThanOnce === true || row.ranMoreThanOnce === true) return row;
  if (row.startPossible === true && row.run !== run) return row;
  // What has ended without a start does not start any more.
  if (phase === 'ended') return { ...row, startPossible: false };
  return row.startPossible === true ? { ...row, startPossible: undefined } : row;
}

/** A later look may lack the word that an earlier one had. */
function isDeniedForGood(row: AttemptRow, { run, ranMoreThanOnce }: Workload): boolean {
  return row.startPossible === false && row.run === run && ranMoreThanOnce !== true;
}

/** Nothing will ever tell more of a run that another one has replaced. */
function withRunForgotten(row: AttemptRow): AttemptRow {
  switch (row.startPossible) {
    case undefined:
      return row;
    case false:
      return { ...row, startPossible: undefined };
    case true:
      return { ...row, startShown: true };
  }
}

function isReplaced(row: AttemptRow, { run }: Workload): boolean {
  return run !== undefined && row.run !== run;
}
