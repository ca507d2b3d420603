// What a read that failed says about a workload: that it isn't there, or nothing. Pure.
import { messageOf } from '../../domain/errors';
import type { Observation } from '../../domain/ports/compute-backend';
import { coreRestPipeline } from '../arm/core-sdk';
import { namesGroup } from './failure-reasons';

/** Only the workload's own 404 is an absence; a missing resource group, a 403 or silence is no answer [W_RG404]. */
export function readFailure(error: unknown, name: string): Observation {
  const { isRestError } = coreRestPipeline();
  if (isRestError(error) && error.statusCode === 404) {
    if (namesGroup(error.code) && error.message.includes(name)) return { kind: 'absent' };
    return {
      kind: 'unreadable',
      why: messageOf(error),
      scopeMissing: error.code === 'ResourceGroupNotFound',
    };
  }
  return { kind: 'unreadable', why: messageOf(error), scopeMissing: false };
}
