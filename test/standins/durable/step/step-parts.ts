// The parts from which the tests of a step are built: events, actions, states, and how decisions read.
import { EVENT_TYPE } from '../../../../standins/durable/history/event-type';
import type { HistoryEvent } from '../../../../standins/durable/history/history';
import { formatInstant } from '../../../../standins/durable/instant';
import type { Decision } from '../../../../standins/durable/step/decision';
import { step, type StepResult } from '../../../../standins/durable/step/step';
import type { InvocationResult } from '../../../../standins/functions-host/app/function-app';
import { success } from '../story';

export const INSTANCE = { InstanceId: 'i', ExecutionId: 'e'.repeat(32) };

export const at = (second: number): string =>
  formatInstant(BigInt(Date.UTC(2026, 0, 1, 0, 0, second)) * 10_000n + 1n);
export const jsAt = (second: number): string => new Date(Date.UTC(2026, 0, 1, 0, 0, second)).toISOString();

const common = (EventId = -1): { EventId: number; IsPlayed: boolean; Timestamp: string } => ({
  EventId,
  IsPlayed: false,
  Timestamp: at(0),
});
export const began = (second = 0): HistoryEvent => ({
  EventType: EVENT_TYPE.OrchestratorStarted,
  ...common(),
  Timestamp: at(second),
});
const started: HistoryEvent = {
  OrchestrationInstance: INSTANCE,
  EventType: EVENT_TYPE.ExecutionStarted,
  ParentInstance: null,
  Name: 'story',
  Version: '',
  Input: null,
  Tags: null,
  Correlation: null,
  ParentTraceContext: null,
  ScheduledStartTime: null,
  Generation: 0,
  GenerateNewTrace: false,
  ...common(),
};
export const scheduled = (id: number, Name = 'work'): HistoryEvent => ({
  EventType: EVENT_TYPE.TaskScheduled,
  Name,
  Version: '',
  Input: null,
  ParentTraceContext: null,
  Tags: null,
  ...common(id),
});
export const completed = (TaskScheduledId: number): HistoryEvent => ({
  EventType: EVENT_TYPE.TaskCompleted,
  TaskScheduledId,
  Result: '1',
  ...common(),
});
export const failed = (TaskScheduledId: number): HistoryEvent => ({
  EventType: EVENT_TYPE.TaskFailed,
  TaskScheduledId,
  Reason: 'broken',
  Details: null,
  FailureDetails: null,
  ...common(),
});
export const timerCreated = (id: number): HistoryEvent => ({
  EventType: EVENT_TYPE.TimerCreated,
  FireAt: at(9),
  ...common(id),
});
export const timerFired = (TimerId: number): HistoryEvent => ({
  EventType: EVENT_TYPE.TimerFired,
  TimerId,
  FireAt: at(9),
  ...common(),
});
export const raised = (Name: string, n = 1): HistoryEvent => ({
  EventType: EVENT_TYPE.EventRaised,
  Name,
  Input: String(n),
  ParentTraceContext: null,
  ...common(),
});
export const suspended: HistoryEvent = {
  EventType: EVENT_TYPE.ExecutionSuspended,
  Reason: null,
  ...common(),
};
export const resumed: HistoryEvent = { EventType: EVENT_TYPE.ExecutionResumed, Reason: null, ...common() };
export const terminated: HistoryEvent = {
  EventType: EVENT_TYPE.ExecutionTerminated,
  Input: 'enough',
  ...common(),
};

export const activity = (functionName = 'work', input: unknown = {}): object => ({
  actionType: 0,
  functionName,
  input,
});
export const retrying = (retryOptions: object): object => ({
  actionType: 1,
  functionName: 'work',
  retryOptions,
});
export const sub = (instanceId?: string): object => ({
  actionType: 2,
  functionName: 'child',
  instanceId,
  input: { x: 1 },
});
export const again = (input: unknown): object => ({ actionType: 4, input });
export const timer = (second: number, isCanceled = false): object => ({
  actionType: 5,
  fireAt: jsAt(second),
  isCanceled,
});
export const wait = (externalEventName: string): object => ({ actionType: 6, externalEventName });
export const any = (...compoundActions: object[]): object => ({ actionType: 11, compoundActions });
export const all = (...compoundActions: object[]): object => ({ actionType: 12, compoundActions });

export const state = (actions: object[], more: object = {}): InvocationResult =>
  success({ isDone: false, actions: [actions], schemaVersion: 2, ...more });
export const done = (actions: object[], output: unknown = null): InvocationResult =>
  state(actions, { isDone: true, output });

const KNOWN = ['work', 'other', 'child'];

export function run(answer: InvocationResult, past: HistoryEvent[], fresh: HistoryEvent[] = []): StepResult {
  return step({
    subject: {
      orchestrator: 'story',
      instanceId: 'i',
      executionId: INSTANCE.ExecutionId,
      parentInstanceId: 'p',
      knows: (_, name) => KNOWN.includes(name.toLowerCase()),
    },
    past: fresh.length === 0 ? [] : past,
    fresh: fresh.length === 0 ? past : fresh,
    answer,
  });
}

export const brief = ({ decisions }: StepResult): string[] => decisions.map(describeDecision);

function describeDecision(decision: Decision): string {
  switch (decision.kind) {
    case 'activity':
      return `${decision.id} activity ${decision.name}`;
    case 'timer':
      return `${decision.id} timer ${formatInstant(decision.fireAt)}`;
    case 'sub-orchestration':
      return `${decision.id} sub ${decision.instanceId}`;
    case 'continue-as-new':
      return `${decision.id} again ${decision.input ?? 'null'} carrying ${decision.carryOver.length}`;
    case 'complete':
      return `${decision.id} ${decision.status} ${decision.result ?? 'null'}`;
  }
}

export const begin = [began(), started];
