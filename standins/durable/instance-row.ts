// What is known of an instance besides its history: its row, and how events change it.
import { z } from 'zod';

import { EVENT_TYPE } from './history/event-type';
import type { HistoryEvent } from './history/history';

/** `Pending`: it was started, and no episode has run. */
export const RUNTIME_STATUSES = [
  'Running',
  'Completed',
  'ContinuedAsNew',
  'Failed',
  'Canceled',
  'Terminated',
  'Pending',
  'Suspended',
] as const;
export type RuntimeStatus = (typeof RUNTIME_STATUSES)[number];

export const instanceRow = z.object({
  instanceId: z.string(),
  executionId: z.string(),
  name: z.string(),
  status: z.enum(RUNTIME_STATUSES),
  /** JSON texts, or plain text for an output that is a reason. */
  input: z.string().nullable(),
  output: z.string().nullable(),
  customStatus: z.string().nullable(),
  /** Timestamps; see instant.ts. */
  createdAt: z.string(),
  updatedAt: z.string(),
  /** See ExecutionStarted.Generation. */
  generation: z.number().nullable(),
  /** How many episodes of this run are stored. */
  episodes: z.number(),
});
export type InstanceRow = Readonly<z.infer<typeof instanceRow>>;

/** Whether it is over: only a new start, a rewind or a purge still changes it. */
export function isOver(status: RuntimeStatus): boolean {
  return status === 'Completed' || status === 'Failed' || status === 'Terminated' || status === 'Canceled';
}

/**
 * The row after an episode. What an event does not mention stays, as in the extension's merge. The reason of a
 * suspension, for example, stays the output until another output replaces it.
 */
export function rowAfter(
  before: InstanceRow | undefined,
  instanceId: string,
  events: readonly HistoryEvent[],
  customStatus: string | null,
): InstanceRow {
  let row: InstanceRow = before ?? {
    instanceId,
    executionId: '',
    name: '',
    status: 'Running',
    input: null,
    output: null,
    customStatus: null,
    createdAt: '',
    updatedAt: '',
    generation: null,
    episodes: 0,
  };
  for (const event of events) row = rowAfterEvent(row, event);
  return { ...row, customStatus, updatedAt: events.at(-1)?.Timestamp ?? row.updatedAt };
}

function rowAfterEvent(row: InstanceRow, event: HistoryEvent): InstanceRow {
  switch (event.EventType) {
    case EVENT_TYPE.ExecutionStarted:
      return {
        ...row,
        executionId: event.OrchestrationInstance.ExecutionId,
        name: event.Name,
        status: 'Running',
        input: event.Input,
        createdAt: event.Timestamp,
        generation: event.Generation,
      };
    case EVENT_TYPE.ExecutionCompleted:
      return { ...row, status: event.OrchestrationStatus, output: event.Result ?? row.output };
    case EVENT_TYPE.ExecutionTerminated:
      return { ...row, status: 'Terminated', output: event.Input ?? row.output };
    case EVENT_TYPE.ExecutionSuspended:
      return { ...row, status: 'Suspended', output: event.Reason ?? row.output };
    case EVENT_TYPE.ExecutionResumed:
      return { ...row, status: 'Running', output: event.Reason ?? row.output };
    case EVENT_TYPE.TaskScheduled:
    case EVENT_TYPE.TaskCompleted:
    case EVENT_TYPE.TaskFailed:
    case EVENT_TYPE.SubOrchestrationInstanceCreated:
    case EVENT_TYPE.SubOrchestrationInstanceCompleted:
    case EVENT_TYPE.SubOrchestrationInstanceFailed:
    case EVENT_TYPE.TimerCreated:
    case EVENT_TYPE.TimerFired:
    case EVENT_TYPE.OrchestratorStarted:
    case EVENT_TYPE.OrchestratorCompleted:
    case EVENT_TYPE.EventRaised:
    case EVENT_TYPE.GenericEvent:
      return row;
  }
}
