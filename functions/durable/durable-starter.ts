// The Durable client behind the starter port.
import { type DurableClient, OrchestrationRuntimeStatus } from 'durable-functions';

import { messageOf, RetryableError } from '../../domain/errors';
import { instanceId } from '../../domain/job/names';
import type { OrchestrationStarter, StoryStatus } from '../../domain/ports/orchestration-starter';
import { RUN_ATTEMPT, WAKE_EVENT } from '../../orchestrations/activity-contract';

/**
 * How the SDK words a 404 of the status call, which it throws as a plain Error
 * (docs/facts/durable-functions.md#status-not-found).
 */
const NOT_FOUND = 'HTTP 404';
/**
 * The extension's answer, with status 500, to a start of an id that runs
 * (docs/facts/durable-functions.md#start-of-a-running-id).
 */
const ALREADY_EXISTS = 'already exists';

export function createDurableStarter(client: DurableClient): OrchestrationStarter {
  return {
    start: async (story) => {
      try {
        await client.startNew(RUN_ATTEMPT, { instanceId: instanceId(story), input: { ...story } });
      } catch (error) {
        if (!messageOf(error).includes(ALREADY_EXISTS)) throw unanswered('start', error);
      }
    },
    status: async (story) => {
      try {
        const { runtimeStatus } = await client.getStatus(instanceId(story), { showInput: false });
        return statusOf(runtimeStatus);
      } catch (error) {
        if (messageOf(error).includes(NOT_FOUND)) return 'absent';
        throw unanswered('read', error);
      }
    },
    wake: async (story) => {
      await client.raiseEvent(instanceId(story), WAKE_EVENT, {});
    },
  };
}

function statusOf(status: OrchestrationRuntimeStatus): StoryStatus {
  switch (status) {
    case OrchestrationRuntimeStatus.Running:
    case OrchestrationRuntimeStatus.Pending:
    case OrchestrationRuntimeStatus.ContinuedAsNew:
    case OrchestrationRuntimeStatus.Suspended:
      return 'running';
    case OrchestrationRuntimeStatus.Terminated:
      return 'terminated';
    case OrchestrationRuntimeStatus.Completed:
    case OrchestrationRuntimeStatus.Failed:
    case OrchestrationRuntimeStatus.Canceled:
      return 'ended';
  }
}

function unanswered(what: string, error: unknown): RetryableError {
  return new RetryableError(
    `The orchestration could not be ${what === 'read' ? 'read' : 'started'}: ${messageOf(error)}`,
    {},
    { cause: error },
  );
}
