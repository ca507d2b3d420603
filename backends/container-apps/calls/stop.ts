// Stops one execution of a job, or all of them.
import { messageOf, RetryableError } from '../../../domain/errors';
import { coreRestPipeline } from '../../arm/core-sdk';
import type { Apps } from './apps-of';

/** What was to be stopped has moved on meanwhile; the next look shows where to. */
const MOVED_ON: readonly number[] = [404, 409];

/** Throws RetryableError where the stop was not taken. */
export function stop(apps: Apps, job: string, execution: string): Promise<void> {
  const { reading } = apps.clients();
  const { resourceGroup } = apps.placement;
  return taken(`execution ${execution}`, job, () =>
    reading.jobs.stopExecution(resourceGroup, job, execution, apps.options('delete')).submitted(),
  );
}

/** Stops whatever runs, shown or not. Throws RetryableError where the stop was not taken. */
export function stopEverything(apps: Apps, job: string): Promise<void> {
  const { reading } = apps.clients();
  const { resourceGroup } = apps.placement;
  return taken('all executions', job, () =>
    reading.jobs.stopMultipleExecutions(resourceGroup, job, apps.options('delete')).submitted(),
  );
}

async function taken(what: string, job: string, send: () => Promise<unknown>): Promise<void> {
  try {
    await send();
  } catch (error) {
    const { isRestError } = coreRestPipeline();
    if (isRestError(error) && MOVED_ON.includes(error.statusCode ?? 0)) return;
    throw new RetryableError(`The stop of ${what} of ${job} was not taken: ${messageOf(error)}`, { job });
  }
}
