// Stops one execution.
import { messageOf, RetryableError } from '../../../domain/errors';
import { coreRestPipeline } from '../../arm/core-sdk';
import type { Apps } from './apps-of';

/** What was to be stopped has moved on meanwhile; the next look shows where to. */
const MOVED_ON: readonly number[] = [404, 409];

/** Throws RetryableError where the stop was not taken. */
export async function stop(apps: Apps, job: string, execution: string): Promise<void> {
  const { reading } = apps.clients();
  try {
    await reading.jobs
      .stopExecution(apps.placement.resourceGroup, job, execution, apps.options('delete'))
      .submitted();
  } catch (error) {
    const { isRestError } = coreRestPipeline();
    if (isRestError(error) && MOVED_ON.includes(error.statusCode ?? 0)) return;
    throw new RetryableError(`The stop of execution ${execution} was not taken: ${messageOf(error)}`, {
      job,
    });
  }
}
