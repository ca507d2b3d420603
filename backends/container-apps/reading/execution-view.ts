// From an execution, as the SDK has it, to what is read of it. Pure.
import type { JobExecution } from '@azure/arm-appcontainers';

import { CONTAINER_NAME } from '../../../domain/ports/compute-backend';
import type { ExecutionView } from './sight';

type Container = NonNullable<ExecutionView['container']>;

export function executionView(execution: JobExecution): ExecutionView {
  const { name = '', status = '', startTime, endTime, reason, message } = execution;
  const container = containerOf(execution);
  return {
    name,
    status,
    ...(startTime === undefined ? {} : { startTime: startTime.getTime() }),
    ...(endTime === undefined ? {} : { endTime: endTime.getTime() }),
    ...(reason === undefined ? {} : { reason }),
    ...(message === undefined ? {} : { message }),
    ...(container === undefined ? {} : { container }),
  };
}

/** The oldest first; those of one second by name, so that every look has the same first. */
export function byAge(executions: readonly ExecutionView[]): ExecutionView[] {
  return executions.toSorted((a, b) => (a.startTime ?? 0) - (b.startTime ?? 0) || (a.name < b.name ? -1 : 1));
}

/** The detailed status of the program's container; the code is -1 while it runs. */
function containerOf({ detailedStatus }: JobExecution): Container | undefined {
  const containers = detailedStatus?.replicas?.flatMap(({ containers: all = [] }) => all) ?? [];
  const found = containers.find(({ name }) => name === CONTAINER_NAME);
  if (found === undefined) return undefined;
  const { code, status, additionalInformation } = found;
  const said =
    additionalInformation === undefined || additionalInformation === '' ? status : additionalInformation;
  const exitCode = code === undefined || code < 0 ? undefined : code;
  return {
    hasStarted: exitCode !== undefined || status === 'Running',
    ...(exitCode === undefined ? {} : { exitCode }),
    ...(said === undefined ? {} : { said }),
  };
}
