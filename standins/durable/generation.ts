// One generation of an instance during a dispatch, and how its decisions move it on.
import { EVENT_TYPE } from './history/event-type';
import type { ExecutionStarted, HistoryEvent } from './history/history';
import type { Stamp } from './history/stamps';
import type { Decider, Outgoing, Recorder } from './outgoing';
import { nextGeneration, record } from './outgoing';
import type { StepResult } from './step/step';

export interface Generation {
  readonly started: ExecutionStarted;
  /** The events as stored before this dispatch; none for a generation that begins in it. */
  readonly past: readonly HistoryEvent[];
  /** Not stored yet. */
  readonly fresh: readonly HistoryEvent[];
}

export interface Carried {
  readonly generation: Generation;
  readonly isOver: boolean;
  /** The generation is new and has not run yet. It runs in the same dispatch. */
  readonly continuesAsNew: boolean;
}

/** Begins a dispatch: OrchestratorStarted, then the events that have come. */
export function beginEpisode(
  past: readonly HistoryEvent[],
  received: readonly HistoryEvent[],
  stamp: Stamp,
): Generation {
  const fresh = [orchestratorStarted(stamp), ...received];
  const started = [...past, ...fresh].find((event) => event.EventType === EVENT_TYPE.ExecutionStarted);
  if (started === undefined) throw new Error('A generation begins with ExecutionStarted; there is none.');
  return { started, past, fresh };
}

/** Applies the decisions of a step. What they send is added to `outgoing`. */
export function carryOn(
  generation: Generation,
  step: StepResult,
  outgoing: Outgoing,
  recorder: Recorder,
): Carried {
  const decider = deciderOf(generation);
  const fresh = [...step.played];
  let isOver = false;
  for (const decision of step.decisions) {
    if (decision.kind === 'continue-as-new') {
      const started = nextGeneration(decider, decision, recorder);
      const first = orchestratorStarted(recorder.stamp);
      const events = [first, started, ...decision.carryOver, orchestratorCompleted(recorder.stamp)];
      return { generation: { started, past: [], fresh: events }, isOver: false, continuesAsNew: true };
    }
    fresh.push(record(decider, decision, outgoing, recorder));
    if (decision.kind === 'complete') isOver = true;
  }
  // A generation that decided nothing ends with the OrchestratorCompleted with which it began.
  if (fresh.at(-1)?.EventType !== EVENT_TYPE.OrchestratorCompleted)
    fresh.push(orchestratorCompleted(recorder.stamp));
  return { generation: { ...generation, fresh }, isOver, continuesAsNew: false };
}

function deciderOf({ started }: Generation): Decider {
  return {
    instance: started.OrchestrationInstance,
    name: started.Name,
    parent: started.ParentInstance,
  };
}

function orchestratorStarted(stamp: Stamp): HistoryEvent {
  return { EventType: EVENT_TYPE.OrchestratorStarted, EventId: -1, IsPlayed: false, Timestamp: stamp() };
}

function orchestratorCompleted(stamp: Stamp): HistoryEvent {
  return { EventType: EVENT_TYPE.OrchestratorCompleted, EventId: -1, IsPlayed: false, Timestamp: stamp() };
}
