// Which of an instance's messages the next episode takes in, and which no episode will.
import { EVENT_TYPE } from '../history/event-type';
import { type InstanceRow, isOver } from '../instance-row';
import type { Message } from '../message';
import type { Sequenced } from '../store';

export interface Batch {
  /** The episode begins a run. Whatever the instance had before is over. */
  readonly startsRun: boolean;
  readonly taken: readonly Sequenced<Message>[];
  /** Messages for a run that is over, or for none. */
  readonly dropped: readonly Sequenced<Message>[];
}

/** Splits `messages`, which are in the order in which they came. What is in neither list waits for the next episode. */
export function nextBatch(row: InstanceRow | undefined, messages: readonly Sequenced<Message>[]): Batch {
  const taken: Sequenced<Message>[] = [];
  const dropped: Sequenced<Message>[] = [];
  let startsRun = false;
  let executionId =
    row !== undefined && !isOver(row.status) && row.episodes > 0 ? row.executionId : undefined;
  for (const message of messages) {
    const { event, executionId: addressee } = message.value;
    if (event.EventType === EVENT_TYPE.ExecutionStarted) {
      if (taken.length > 0) break;
      startsRun = true;
      executionId = event.OrchestrationInstance.ExecutionId;
      taken.push(message);
    } else if (executionId === undefined || (addressee !== null && addressee !== executionId)) {
      dropped.push(message);
    } else {
      taken.push(message);
    }
  }
  return { startsRun, taken, dropped };
}
