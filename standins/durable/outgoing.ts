// Turns decisions into history events and into what leaves the instance: activities, timers, messages.
import { EVENT_TYPE } from './history/event-type';
import type {
  ExecutionStarted,
  HistoryEvent,
  OrchestrationInstance,
  ParentInstance,
  TimerFired,
} from './history/history';
import type { Stamp } from './history/stamps';
import { formatInstant } from './instant';
import { executionStarted, incoming, type Message } from './message';
import type { Complete, ContinueAsNew, CreateSubOrchestration, Decision } from './step/decision';

/** An activity to run: at least once, and again after a crash. */
export interface PendingActivity {
  readonly instance: OrchestrationInstance;
  readonly taskId: number;
  readonly name: string;
  readonly input: string | null;
}

/** A timer that runs, with the message that it will send. */
export interface PendingTimer {
  readonly instance: OrchestrationInstance;
  readonly event: TimerFired;
}

export interface Outgoing {
  readonly activities: PendingActivity[];
  readonly timers: PendingTimer[];
  readonly messages: Message[];
}

/** The run that decides. */
export interface Decider {
  readonly instance: OrchestrationInstance;
  readonly name: string;
  readonly parent: ParentInstance | null;
}

export interface Recorder {
  readonly stamp: Stamp;
  /** See DurableEngineOptions. */
  readonly newId: () => string;
}

/** The event that records a decision, if one does. What the decision sends is added to `outgoing`. */
export function record(
  decider: Decider,
  decision: Exclude<Decision, ContinueAsNew>,
  outgoing: Outgoing,
  recorder: Recorder,
): HistoryEvent {
  const { instance } = decider;
  const { stamp } = recorder;
  const recorded = { EventId: decision.id, IsPlayed: false, Timestamp: stamp() };
  switch (decision.kind) {
    case 'activity': {
      const { name, input } = decision;
      outgoing.activities.push({ instance, taskId: decision.id, name, input });
      return {
        EventType: EVENT_TYPE.TaskScheduled,
        Name: name,
        Version: '',
        Input: null,
        ParentTraceContext: null,
        Tags: null,
        ...recorded,
      };
    }
    case 'timer': {
      const FireAt = formatInstant(decision.fireAt);
      const event: TimerFired = {
        EventType: EVENT_TYPE.TimerFired,
        TimerId: decision.id,
        FireAt,
        ...incoming(stamp),
      };
      outgoing.timers.push({ instance, event });
      return { EventType: EVENT_TYPE.TimerCreated, FireAt, ...recorded };
    }
    case 'sub-orchestration':
      outgoing.messages.push(startOfChild(decider, decision, recorder));
      return {
        EventType: EVENT_TYPE.SubOrchestrationInstanceCreated,
        Name: decision.name,
        Version: '',
        InstanceId: decision.instanceId,
        Input: null,
        ClientSpanId: null,
        Tags: null,
        ...recorded,
      };
    case 'complete': {
      const answer = answerToParent(decider, decision, stamp);
      if (answer !== undefined) outgoing.messages.push(answer);
      return {
        EventType: EVENT_TYPE.ExecutionCompleted,
        OrchestrationStatus: decision.status,
        Result: decision.result,
        FailureDetails: null,
        ...recorded,
      };
    }
  }
}

/** The first event of the next generation: a new run with the new input. */
export function nextGeneration(
  decider: Decider,
  decision: ContinueAsNew,
  { stamp, newId }: Recorder,
): ExecutionStarted {
  return executionStarted(
    {
      instanceId: decider.instance.InstanceId,
      executionId: newId(),
      name: decider.name,
      input: decision.input,
      parent: decider.parent,
    },
    stamp,
  );
}

function startOfChild(
  decider: Decider,
  decision: CreateSubOrchestration,
  { stamp, newId }: Recorder,
): Message {
  const { instanceId, name, input } = decision;
  const parent: ParentInstance = {
    Name: decider.name,
    OrchestrationInstance: decider.instance,
    TaskScheduleId: decision.id,
    Version: '',
  };
  const executionId = newId();
  return {
    instanceId,
    executionId,
    event: executionStarted({ instanceId, executionId, name, input, parent }, stamp),
  };
}

function answerToParent({ parent }: Decider, decision: Complete, stamp: Stamp): Message | undefined {
  if (parent === null) return undefined;
  const { InstanceId, ExecutionId } = parent.OrchestrationInstance;
  const TaskScheduledId = parent.TaskScheduleId;
  const event: HistoryEvent =
    decision.status === 'Completed'
      ? {
          EventType: EVENT_TYPE.SubOrchestrationInstanceCompleted,
          TaskScheduledId,
          Result: decision.result,
          ...incoming(stamp),
        }
      : {
          EventType: EVENT_TYPE.SubOrchestrationInstanceFailed,
          TaskScheduledId,
          Reason: decision.result,
          Details: decision.details,
          FailureDetails: null,
          ...incoming(stamp),
        };
  return { instanceId: InstanceId, executionId: ExecutionId, event };
}
