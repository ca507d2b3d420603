// Lets a fault happen: at once, or with the next calls that it meets.
import type { ContainerAppsContext } from '../context';
import type { Fault } from './fault';

/** Why it can't, if it can't. */
export function inject(
  context: Pick<ContainerAppsContext, 'faults' | 'executions' | 'gate' | 'clock'>,
  fault: Fault,
): string | undefined {
  if (fault.kind === 'api-down') {
    context.gate.downUntil = context.clock.now() + fault.forMs;
    return undefined;
  }
  if (fault.kind === 'lost-execution' && fault.execution !== undefined) {
    const execution = context.executions.find(({ name }) => name === fault.execution);
    if (!execution) return `There is no execution '${fault.execution}'.`;
    execution.shown = false;
    if (fault.programs === 'end') execution.abandon();
    return undefined;
  }
  context.faults.arm(fault);
  return undefined;
}
