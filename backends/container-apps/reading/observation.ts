// What was found of a workload's name, as the port has it. Pure.
import type { Observation, Workload } from '../../../domain/ports/compute-backend';
import type { Sight } from './sight';
import { workloadOf } from './workload-of';

/**
 * An execution is the workload; a definition alone is what was prepared for it. Without a definition nothing can be
 * shown: its executions are listed under it.
 */
export function observationOf({ definition, executions, rows }: Sight): Observation {
  if (definition === undefined) return { kind: 'absent' };
  if (!definition.isOurs) return { kind: 'foreign' };
  const [first, ...others] = executions;
  if (first === undefined) return { kind: 'prepared' };
  const workload = workloadOf(first, rows);
  return {
    kind: 'present',
    workload: others.length === 0 ? workload : withOthers(workload),
  };
}

/** What is told of the first execution is no word on the program of another. */
function withOthers(first: Workload): Workload {
  return { ...first, started: first.started === 'no' ? 'perhaps' : first.started, ranMoreThanOnce: true };
}
