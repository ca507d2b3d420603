// Turns a definition and its executions, as two reads show them, into an observation. Pure.
import { reason } from '../../domain/job/failure-reason';
import type { Observation, Workload, WorkloadRef } from '../../domain/ports/compute-backend';
import { areOurs } from './marks';
import type { ShownDefinition, ShownExecution } from './two-step-api';

/** What stands under a name. The members are read in this order. */
export interface Sight {
  readonly definition: ShownDefinition | undefined;
  /** In the order of their starts. */
  readonly executions: readonly ShownExecution[];
}

export function observationOf({ definition, executions }: Sight, ref: WorkloadRef): Observation {
  const [first, ...others] = executions.filter(({ marks }) => areOurs(marks, ref));
  if (first !== undefined) return { kind: 'present', workload: workloadOf(first, others.length) };
  if (definition !== undefined)
    return areOurs(definition.marks, ref) ? { kind: 'prepared' } : { kind: 'foreign' };
  return executions.length > 0 ? { kind: 'foreign' } : { kind: 'absent' };
}

function workloadOf(execution: ShownExecution, others: number): Workload {
  const { startedAt, endedAt, exitCode } = execution;
  return {
    ...standing(execution),
    restartCount: 0,
    ...(others > 0 ? { ranMoreThanOnce: true } : {}),
    ...(startedAt === undefined ? {} : { startedAt }),
    ...(endedAt === undefined ? {} : { endedAt }),
    ...(exitCode === undefined ? {} : { exitCode }),
  };
}

function standing({
  state,
  startedAt,
  exitCode,
  why,
}: ShownExecution): Pick<Workload, 'phase' | 'started' | 'failure'> {
  const started = startedAt === undefined ? 'perhaps' : 'yes';
  switch (state) {
    case 'running':
    case 'stopping':
      return { phase: 'running', started };
    case 'stopped':
      return {
        phase: 'ended',
        started,
        failure: reason('lost', 'The execution was stopped by somebody else; its exit code is lost.'),
      };
    case 'succeeded':
    case 'failed':
      if (exitCode !== undefined) return { phase: 'ended', started };
      return { phase: 'ended', started: 'no', failure: reason('image-pull', why ?? 'It had no program.') };
  }
}
