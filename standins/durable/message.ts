// A message to an instance: the history event that it will become, addressed to one run or to the current one.
import { EVENT_TYPE } from './history/event-type';
import type {
  EventRaised,
  ExecutionResumed,
  ExecutionStarted,
  ExecutionSuspended,
  ExecutionTerminated,
  HistoryEvent,
} from './history/history';
import type { Stamp } from './history/stamps';

export interface Message {
  readonly instanceId: string;
  /** The run that it is meant for. A message for a run that is over is dropped. Null: the current run. */
  readonly executionId: string | null;
  readonly event: HistoryEvent;
}

/** The members that every event of a message has before it is taken in. */
export function incoming(stamp: Stamp): { EventId: -1; IsPlayed: false; Timestamp: string } {
  return { EventId: -1, IsPlayed: false, Timestamp: stamp() };
}

export interface StartRequest {
  readonly instanceId: string;
  readonly executionId: string;
  readonly name: string;
  readonly input: string | null;
  readonly parent?: ExecutionStarted['ParentInstance'];
  readonly generation?: number | null;
}

export function executionStarted(start: StartRequest, stamp: Stamp): ExecutionStarted {
  return {
    OrchestrationInstance: { InstanceId: start.instanceId, ExecutionId: start.executionId },
    EventType: EVENT_TYPE.ExecutionStarted,
    ParentInstance: start.parent ?? null,
    Name: start.name,
    // The extension in the recordings knows no versions and writes the empty text everywhere.
    Version: '',
    Input: start.input,
    Tags: null,
    Correlation: null,
    ParentTraceContext: null,
    ScheduledStartTime: null,
    Generation: start.generation ?? null,
    GenerateNewTrace: false,
    ...incoming(stamp),
  };
}

export function eventRaised(name: string, input: string, stamp: Stamp): EventRaised {
  return {
    EventType: EVENT_TYPE.EventRaised,
    Name: name,
    Input: input,
    ParentTraceContext: null,
    ...incoming(stamp),
  };
}

export function executionTerminated(reason: string | null, stamp: Stamp): ExecutionTerminated {
  return { EventType: EVENT_TYPE.ExecutionTerminated, Input: reason, ...incoming(stamp) };
}

export function executionSuspended(reason: string | null, stamp: Stamp): ExecutionSuspended {
  return { EventType: EVENT_TYPE.ExecutionSuspended, Reason: reason, ...incoming(stamp) };
}

export function executionResumed(reason: string | null, stamp: Stamp): ExecutionResumed {
  return { EventType: EVENT_TYPE.ExecutionResumed, Reason: reason, ...incoming(stamp) };
}
