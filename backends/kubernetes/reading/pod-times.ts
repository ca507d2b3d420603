// When a container started and ended, and whether it ran at all.
import type { Workload } from '../../../domain/ports/compute-backend';
import type { Container, Pod, Terminated } from './objects';

/** A Job's pod has one container. */
export function containerOf({ status }: Pod): Container | undefined {
  return status?.containerStatuses?.[0];
}

/**
 * What a container is said to have ended with whose program was never started
 * (docs/facts/kubernetes.md#command-that-cannot-start).
 */
const NO_START = /^(StartError|ContainerCannotRun)$/;

export function isNoStart({ reason = '' }: Terminated): boolean {
  return NO_START.test(reason);
}

/** The earliest end that is still shown: what runs after it is not the job's. */
export function earliestEnd({ state, lastState }: Container): Terminated | undefined {
  return lastState?.terminated ?? state?.terminated;
}

/** Whether the program of the pod runs or ran, as far as the pod shows. */
export function hasStarted(pod: Pod): boolean {
  const container = containerOf(pod);
  if (container === undefined) return false;
  const end = earliestEnd(container);
  return container.state?.running !== undefined || (end !== undefined && !isNoStart(end));
}

/** A start that came to nothing is said to have been in 1970. */
export function timesOf(end: Terminated): Pick<Workload, 'startedAt' | 'endedAt'> {
  const { startedAt, finishedAt } = end;
  return {
    ...(startedAt === undefined || startedAt <= 0 ? {} : { startedAt }),
    ...(finishedAt === undefined || finishedAt <= 0 ? {} : { endedAt: finishedAt }),
  };
}
