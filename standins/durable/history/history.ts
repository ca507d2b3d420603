// The events of an orchestration's history, in the form in which the orchestrator trigger carries them
// (docs/facts/durable-functions.md#history).
import type { EVENT_TYPE } from './event-type';

type Type = typeof EVENT_TYPE;

/** The members of every event. `IsPlayed`: an episode has taken it in. `Timestamp`: see instant.ts. */
interface Common<T extends keyof Type> {
  readonly EventType: Type[T];
  readonly EventId: number;
  readonly IsPlayed: boolean;
  readonly Timestamp: string;
}

/** One run of an instance: continueAsNew, and a start under an id used before, make a new execution id. */
export interface OrchestrationInstance {
  readonly InstanceId: string;
  readonly ExecutionId: string;
}

/** The instance that called a sub-orchestration, and as which of its tasks. */
export interface ParentInstance {
  readonly Name: string;
  readonly OrchestrationInstance: OrchestrationInstance;
  readonly TaskScheduleId: number;
  readonly Version: string;
}

export interface ExecutionStarted extends Common<'ExecutionStarted'> {
  readonly OrchestrationInstance: OrchestrationInstance;
  readonly ParentInstance: ParentInstance | null;
  readonly Name: string;
  readonly Version: string;
  /** JSON text, or null when there is no input. */
  readonly Input: string | null;
  readonly Tags: null;
  readonly Correlation: null;
  readonly ParentTraceContext: null;
  readonly ScheduledStartTime: null;
  /** How often a client has started this id before; null for sub-orchestrations and after continueAsNew. */
  readonly Generation: number | null;
  readonly GenerateNewTrace: boolean;
}
interface ExecutionCompleted extends Common<'ExecutionCompleted'> {
  readonly OrchestrationStatus: 'Completed' | 'Failed' | 'Terminated';
  readonly Result: string | null;
  readonly FailureDetails: null;
}
export interface ExecutionTerminated extends Common<'ExecutionTerminated'> {
  readonly Input: string | null;
}
export interface TaskScheduled extends Common<'TaskScheduled'> {
  readonly Name: string;
  readonly Version: string;
  /** Always null: the extension keeps inputs out of the history. */
  readonly Input: null;
  readonly ParentTraceContext: null;
  readonly Tags: null;
}
interface Answer {
  readonly TaskScheduledId: number;
}
interface Success extends Answer {
  /** JSON text, or null when nothing was returned. */
  readonly Result: string | null;
}
interface Failure extends Answer {
  readonly Reason: string | null;
  readonly Details: string | null;
  readonly FailureDetails: null;
}
type TaskCompleted = Common<'TaskCompleted'> & Success;
type TaskFailed = Common<'TaskFailed'> & Failure;
export interface SubOrchestrationInstanceCreated extends Common<'SubOrchestrationInstanceCreated'> {
  readonly Name: string;
  readonly Version: string;
  readonly InstanceId: string;
  readonly Input: null;
  readonly ClientSpanId: null;
  readonly Tags: null;
}
type SubOrchestrationInstanceCompleted = Common<'SubOrchestrationInstanceCompleted'> & Success;
type SubOrchestrationInstanceFailed = Common<'SubOrchestrationInstanceFailed'> & Failure;
export interface TimerCreated extends Common<'TimerCreated'> {
  readonly FireAt: string;
}
export interface TimerFired extends Common<'TimerFired'> {
  readonly TimerId: number;
  readonly FireAt: string;
}
export interface EventRaised extends Common<'EventRaised'> {
  readonly Name: string;
  /** JSON text. */
  readonly Input: string | null;
  readonly ParentTraceContext: null;
}
/** Replaces an event that a rewind has removed. Nothing reads it. */
export interface GenericEvent extends Common<'GenericEvent'> {
  readonly Data: string | null;
}
export interface ExecutionSuspended extends Common<'ExecutionSuspended'> {
  readonly Reason: string | null;
}
export interface ExecutionResumed extends Common<'ExecutionResumed'> {
  readonly Reason: string | null;
}
type OrchestratorStarted = Common<'OrchestratorStarted'>;
type OrchestratorCompleted = Common<'OrchestratorCompleted'>;

export type HistoryEvent =
  | ExecutionStarted
  | ExecutionCompleted
  | ExecutionTerminated
  | TaskScheduled
  | TaskCompleted
  | TaskFailed
  | SubOrchestrationInstanceCreated
  | SubOrchestrationInstanceCompleted
  | SubOrchestrationInstanceFailed
  | TimerCreated
  | TimerFired
  | OrchestratorStarted
  | OrchestratorCompleted
  | EventRaised
  | GenericEvent
  | ExecutionSuspended
  | ExecutionResumed;
