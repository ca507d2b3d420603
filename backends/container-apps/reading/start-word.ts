// Whose word says that the program of an execution has started, or that it has not. Pure.
import type { Workload } from '../../../domain/ports/compute-backend';
import { lackIn } from './lacks';
import type { ExecutionView, SystemRow } from './sight';
import { has, isNoProgramsEnd, isNoStart } from './system-rows';

/**
 * With neither word it may have: "Running" is said before the program runs
 * (docs/facts/container-apps.md#running-is-said-early).
 */
export function startedOf(execution: ExecutionView, rows: readonly SystemRow[]): Workload['started'] {
  if (hasStarted(execution, rows)) return 'yes';
  return isDenied(execution, rows) ? 'no' : 'perhaps';
}

export function hasStarted({ container }: ExecutionView, rows: readonly SystemRow[]): boolean {
  return (
    (container?.hasStarted === true && !isNoProgramsEnd(container.said)) || has(rows, 'ContainerStarted')
  );
}

/** What comes live tells all up to its moment, so what goes before a start without the start is a word, too. */
export function liveRows(rows: readonly SystemRow[]): SystemRow[] {
  return rows.filter(({ isLate }) => isLate !== true);
}

/** By the word of its replica, or of the live log: no machine yet, or no image. */
function isDenied({ container }: ExecutionView, rows: readonly SystemRow[]): boolean {
  if (container?.isWaiting === true || isNoStart(container?.said)) return true;
  const live = liveRows(rows);
  if (lackIn(live) !== undefined) return true;
  return has(live, 'PullingImage') && !PAST_THE_PULL.some((reason) => has(live, reason));
}

const PAST_THE_PULL: readonly string[] = ['PulledImage', 'ContainerCreated', 'ContainerTerminated'];
