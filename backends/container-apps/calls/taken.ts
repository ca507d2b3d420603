// Sends what may have been overtaken: a stop or a delete of something that has moved on meanwhile.
import { messageOf, RetryableError } from '../../../domain/errors';
import { coreRestPipeline } from '../../arm/core-sdk';

/** What it was sent for is gone, or is being changed; the next look shows what became of it. */
const MOVED_ON: readonly number[] = [404, 409];

/** Throws RetryableError where it was not taken. `what`: such as "The delete of job NAME". */
export async function taken(what: string, job: string, send: () => Promise<unknown>): Promise<void> {
  try {
    await send();
  } catch (error) {
    const { isRestError } = coreRestPipeline();
    if (isRestError(error) && MOVED_ON.includes(error.statusCode ?? 0)) return;
    throw new RetryableError(`${what} was not taken: ${messageOf(error)}`, { job });
  }
}
