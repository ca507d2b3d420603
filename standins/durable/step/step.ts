// One step of an orchestration, pure: its history, the new events and the orchestrator's answer go in, decisions come
// out.
import type { InvocationResult } from '../../functions-host/app/function-app';
import { ActionIds } from '../history/action-ids';
import { EVENT_TYPE } from '../history/event-type';
import type { HistoryEvent } from '../history/history';
import { parseInstant } from '../instant';
import { detailsOf, DotnetError, NonDeterminism } from '../worker/failure';
import { orchestrate } from '../worker/orchestration';
import type { Pending } from '../worker/pending';
import { type ReplayContext, replayContext, type ReplaySubject } from '../worker/replay-context';
import type { Complete, Decision } from './decision';

export interface StepInput {
  readonly subject: ReplaySubject;
  /** The history of this generation as stored. */
  readonly past: readonly HistoryEvent[];
  /** What has come since, with the OrchestratorStarted of this episode in front. */
  readonly fresh: readonly HistoryEvent[];
  /** The orchestrator function's answer to `past` and `fresh`. */
  readonly answer: InvocationResult;
}

export interface StepResult {
  /** What is to be done, in the order of the ids. */
  readonly decisions: readonly Decision[];
  /** JSON text; null: none. */
  readonly customStatus: string | null;
  /** `fresh`, with IsPlayed set on what has been taken in. */
  readonly played: readonly HistoryEvent[];
}

/**
 * Replays the whole generation, as the framework does for a stateless worker. Throws nothing: a failure becomes a
 * decision.
 */
export function step(input: StepInput): StepResult {
  const ids = new ActionIds();
  const context = replayContext(input.subject, ids);
  const replay: Replay = {
    context,
    answer: input.answer,
    result: undefined,
    suspended: undefined,
    over: undefined,
  };
  let failure: Error | undefined;
  const played = [...input.fresh];
  try {
    for (const event of input.past) take(replay, event);
    input.fresh.forEach((event, index) => {
      take(replay, event);
      if (event.EventType !== EVENT_TYPE.OrchestratorStarted) played[index] = { ...event, IsPlayed: true };
    });
  } catch (error) {
    if (!(error instanceof NonDeterminism)) throw error;
    failure = error;
  }
  const end = failure === undefined ? endOf(replay) : failed(ids.take(), failure);
  const decisions = [...ids.unconfirmed(), ...(replay.over === undefined ? [] : [replay.over])];
  if (end !== undefined && replay.over === undefined) decisions.push(end);
  return {
    decisions: decisions.sort((left, right) => left.id - right.id),
    customStatus: context.customStatus,
    played,
  };
}

interface Replay {
  readonly context: ReplayContext;
  readonly answer: InvocationResult;
  /** The orchestrator's end; undefined before ExecutionStarted. */
  result: Pending<string | null> | undefined;
  /** While suspended: the events that have come since and that the resume will take in. */
  suspended: HistoryEvent[] | undefined;
  /** Set by a terminate. Then nothing else ends the instance. */
  over: Complete | undefined;
}

function take(replay: Replay, event: HistoryEvent): void {
  if (event.EventType === EVENT_TYPE.OrchestratorStarted) {
    replay.context.now = parseInstant(event.Timestamp);
    return;
  }
  const passes =
    event.EventType === EVENT_TYPE.ExecutionResumed || event.EventType === EVENT_TYPE.ExecutionTerminated;
  if (replay.suspended === undefined || passes) apply(replay, event);
  else if (event.EventType !== EVENT_TYPE.ExecutionSuspended) replay.suspended.push(event);
}

function apply(replay: Replay, event: HistoryEvent): void {
  const { context } = replay;
  switch (event.EventType) {
    case EVENT_TYPE.ExecutionStarted:
      replay.result = orchestrate(context, replay.answer);
      return;
    case EVENT_TYPE.ExecutionTerminated:
      replay.over ??= {
        kind: 'complete',
        id: context.ids.take(),
        status: 'Terminated',
        result: event.Input,
        details: null,
      };
      return;
    case EVENT_TYPE.TaskScheduled:
    case EVENT_TYPE.TimerCreated:
    case EVENT_TYPE.SubOrchestrationInstanceCreated:
      context.ids.confirm(event);
      return;
    case EVENT_TYPE.TaskCompleted:
    case EVENT_TYPE.SubOrchestrationInstanceCompleted:
      context.ids.settle(event.TaskScheduledId);
      return;
    case EVENT_TYPE.TaskFailed:
    case EVENT_TYPE.SubOrchestrationInstanceFailed:
      context.ids.settle(event.TaskScheduledId, new DotnetError('TaskFailedException', event.Reason ?? ''));
      return;
    case EVENT_TYPE.TimerFired:
      context.ids.settle(event.TimerId);
      return;
    case EVENT_TYPE.EventRaised:
      if (context.continueAsNew === undefined) context.events.raise(event.Name);
      else context.continueAsNew.carryOver.push({ ...event, IsPlayed: true });
      return;
    case EVENT_TYPE.ExecutionSuspended:
      replay.suspended ??= [];
      context.ids.hold();
      return;
    case EVENT_TYPE.ExecutionResumed: {
      const held = replay.suspended ?? [];
      replay.suspended = undefined;
      context.ids.release();
      for (const each of held) take(replay, each);
      return;
    }
    case EVENT_TYPE.OrchestratorStarted:
    case EVENT_TYPE.OrchestratorCompleted:
    case EVENT_TYPE.ExecutionCompleted:
    case EVENT_TYPE.GenericEvent:
      return;
  }
}

/** Decides whether the instance ends. An orchestrator that is done ends it only when none of its own tasks is open. */
function endOf({ context, result, over }: Replay): Decision | undefined {
  const outcome = result?.settled;
  if (context.ids.hasOpenTasks || outcome === undefined || over !== undefined) return undefined;
  const id = context.ids.take();
  if (outcome.kind === 'faulted') return failed(id, outcome.error);
  if (context.continueAsNew !== undefined) return { kind: 'continue-as-new', id, ...context.continueAsNew };
  const output = outcome.kind === 'completed' ? outcome.value : null;
  return { kind: 'complete', id, status: 'Completed', result: output, details: null };
}

function failed(id: number, error: Error): Complete {
  return { kind: 'complete', id, status: 'Failed', result: error.message, details: detailsOf(error) };
}
