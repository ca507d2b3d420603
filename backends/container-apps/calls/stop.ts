// Stops one execution of a job, or all of them.
import type { Apps } from './apps-of';
import { taken } from './taken';

/** Throws RetryableError where the stop was not taken. */
export function stop(apps: Apps, job: string, execution: string): Promise<void> {
  const { reading } = apps.clients();
  const { resourceGroup } = apps.placement;
  return taken(`The stop of execution ${execution} of ${job}`, job, () =>
    reading.jobs.stopExecution(resourceGroup, job, execution, apps.options('delete')).submitted(),
  );
}

/** Stops whatever runs, shown or not. Throws RetryableError where the stop was not taken. */
export function stopEverything(apps: Apps, job: string): Promise<void> {
  const { reading } = apps.clients();
  const { resourceGroup } = apps.placement;
  return taken(`The stop of all executions of ${job}`, job, () =>
    reading.jobs.stopMultipleExecutions(resourceGroup, job, apps.options('delete')).submitted(),
  );
}
