// When the API tells too little of an execution, so that the platform's own log is asked. Pure.
import { observationOf } from './observation';
import { type ExecutionView, isAlive, type Sight } from './sight';
import { isNoProgramsEnd } from './system-rows';

/**
 * Of one that is over: without its exit code, or with an end that is none of the program's, whose cause the log words.
 * Of one that is not: as long as nothing says that its program has started.
 */
export function wantsRows(execution: ExecutionView): boolean {
  const { container } = execution;
  if (isAlive(execution)) return container?.hasStarted !== true;
  return container?.exitCode === undefined || isNoProgramsEnd(container.said);
}

/** It has failed, and nothing tells how its program ended, or why there was none. */
export function isUntold(sight: Sight): boolean {
  const seen = observationOf(sight);
  return (
    seen.kind === 'present' &&
    sight.executions[0]?.status === 'Failed' &&
    seen.workload.failure?.code === 'lost'
  );
}
