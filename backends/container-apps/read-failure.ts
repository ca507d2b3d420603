// What a read of a definition that failed says: that it isn't there, or nothing. Pure.
import { messageOf } from '../../domain/errors';
import type { Observation } from '../../domain/ports/compute-backend';
import { coreRestPipeline } from '../arm/core-sdk';

/** What holds a job, or Resource Manager itself, is missing: no word about the job. */
const OF_SOMETHING_ELSE: readonly string[] = [
  'ResourceGroupNotFound',
  'ResourceGroupBeingDeleted',
  'SubscriptionNotFound',
  'InvalidSubscriptionId',
  'InvalidResourceType',
  'NoRegisteredProviderFound',
];

/**
 * Only the definition's own 404 is an absence [W_RG404]. Its code changed over the years
 * (docs/facts/container-apps.md#delete), so its text must name the job.
 */
export function readFailure(
  error: unknown,
  name: string,
): Extract<Observation, { kind: 'absent' | 'unreadable' }> {
  const why = messageOf(error);
  const { isRestError } = coreRestPipeline();
  if (!isRestError(error) || error.statusCode !== 404)
    return { kind: 'unreadable', why, scopeMissing: false };
  const { code = '' } = error;
  const isAbsent = !OF_SOMETHING_ELSE.includes(code) && error.message.includes(name);
  return isAbsent
    ? { kind: 'absent' }
    : { kind: 'unreadable', why, scopeMissing: code === 'ResourceGroupNotFound' };
}
