// What one episode of an orchestrator asks for, each with the id that the history will give it.
import type { EventRaised } from '../history/history';
import type { Instant } from '../instant';

interface ScheduleActivity {
  readonly kind: 'activity';
  readonly id: number;
  readonly name: string;
  /** What the activity's binding will carry; null: nothing. */
  readonly input: string | null;
}

interface CreateTimer {
  readonly kind: 'timer';
  readonly id: number;
  readonly fireAt: Instant;
}

export interface CreateSubOrchestration {
  readonly kind: 'sub-orchestration';
  readonly id: number;
  readonly name: string;
  readonly instanceId: string;
  /** JSON text, or null when there is no input. */
  readonly input: string | null;
}

export interface ContinueAsNew {
  readonly kind: 'continue-as-new';
  readonly id: number;
  /** JSON text: the next generation's input. */
  readonly input: string | null;
  /** Events that this generation has received and not used. */
  readonly carryOver: readonly EventRaised[];
}

export interface Complete {
  readonly kind: 'complete';
  readonly id: number;
  readonly status: 'Completed' | 'Failed' | 'Terminated';
  /** JSON text of the output, or the reason as plain text. */
  readonly result: string | null;
  /** Details of a failure, which only the parent gets. */
  readonly details: string | null;
}

export type Decision = ScheduleActivity | CreateTimer | CreateSubOrchestration | ContinueAsNew | Complete;

/** The framework's name of a decision, as its messages on non-determinism have it. */
export function decisionTypeName(decision: Decision): string {
  switch (decision.kind) {
    case 'activity':
      return 'ScheduleTaskOrchestratorAction';
    case 'timer':
      return 'CreateTimerOrchestratorAction';
    case 'sub-orchestration':
      return 'CreateSubOrchestrationAction';
    case 'continue-as-new':
    case 'complete':
      return 'OrchestrationCompleteOrchestratorAction';
  }
}
