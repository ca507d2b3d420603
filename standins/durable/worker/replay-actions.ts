// Replays out of process: the extension repeats in .NET what JavaScript says it did, one action after the other.
import { parseInstant } from '../instant';
import { createTimer } from '../step/timer';
import { callActivity, callSubOrchestrator, jsonOrNull } from './calls';
import { argumentError } from './failure';
import type { OrchestratorAction } from './orchestrator-state';
import { completed, type Pending, whenAll, whenAny } from './pending';
import type { ReplayContext } from './replay-context';

/** What the SDK can ask for and the local host refuses, by action type. */
const NOT_OFFERED = {
  7: 'callEntity (durable entities)',
  8: 'callHttp',
  9: 'signalEntity (durable entities)',
  10: 'a scheduled signalEntity (durable entities)',
  13: 'locks on durable entities',
  14: 'locks on durable entities',
} as const;

/**
 * Makes each call and waits until it settles, in whatever way, before the next. Calls `done` at the end of the list, or
 * with the error that an impossible action throws.
 */
export function replayActions(
  context: ReplayContext,
  actions: readonly OrchestratorAction[],
  done: (error?: Error) => void,
): void {
  const from = (start: number): void => {
    for (let index = start; index < actions.length; index++) {
      const action = actions[index];
      if (action === undefined) continue;
      let task: Pending<unknown>;
      try {
        task = invoke(context, action);
      } catch (error) {
        done(error instanceof Error ? error : new Error(String(error)));
        return;
      }
      if (task.settled === undefined) {
        task.whenSettled(() => from(index + 1));
        return;
      }
    }
    done();
  };
  from(0);
}

function invoke(context: ReplayContext, action: OrchestratorAction): Pending<unknown> {
  switch (action.actionType) {
    case 0:
    case 1:
      return callActivity(context, action);
    case 2:
    case 3:
      return callSubOrchestrator(context, action);
    case 4:
      context.continueAsNew = { input: jsonOrNull(action.input), carryOver: [] };
      return completed(undefined);
    case 5:
      return createTimer(context, parseInstant(action.fireAt), action.isCanceled === true);
    case 6:
      return context.events.waitFor(action.externalEventName);
    case 11:
      return whenAny(invokeAll(context, action.compoundActions));
    case 12:
      return whenAll(invokeAll(context, action.compoundActions));
    case 7:
    case 8:
    case 9:
    case 10:
    case 13:
    case 14:
      throw argumentError(`The local host does not offer ${NOT_OFFERED[action.actionType]}.`);
  }
}

function invokeAll(context: ReplayContext, actions: readonly OrchestratorAction[]): Pending<unknown>[] {
  if (actions.length === 0) throw argumentError('The tasks argument contains no tasks.');
  return actions.map((action) => invoke(context, action));
}
