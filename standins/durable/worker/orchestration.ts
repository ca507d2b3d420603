// One orchestrator's answer, replayed to its end: the output, the failure, or neither while it still waits.
import type { InvocationResult } from '../../functions-host/app/function-app';
import { frames } from '../history/dotnet-exception';
import { type JsonValue, writeJson } from '../history/net-json';
import { jsonOrNull } from './calls';
import { argumentError, OrchestrationFailure, orchestratorFailed } from './failure';
import { type OrchestratorState, stateOf, UnreadableFailure } from './orchestrator-state';
import { completed, createPendingSource, type Pending } from './pending';
import { replayActions } from './replay-actions';
import type { ReplayContext } from './replay-context';

/** The limit is checked in whole KB of UTF-16, rounded down: 17,407 bytes still pass. */
const MAX_CUSTOM_STATUS_KB = 16;

/**
 * Runs until everything that has happened is taken in. Completes with the output's JSON text, or null if there is none.
 */
export function orchestrate(context: ReplayContext, answer: InvocationResult): Pending<string | null> {
  const result = createPendingSource<string | null>();
  // If a failed invocation carries a state, the extension reports its own errors as they are. Otherwise it wraps them.
  const fail = (error: Error): void => {
    const isBare = answer.status === 'failure' && !(error instanceof UnreadableFailure);
    const wrapped = isBare ? error : orchestratorFailed(context.orchestrator, error);
    result.settle({ kind: 'faulted', error: wrapped });
  };
  const finish = (state: OrchestratorState): void => {
    if (typeof state.error === 'string' && state.error !== '') fail(failureOf(context, state.error));
    else if (state.isDone) result.settle({ kind: 'completed', value: jsonOrNull(state.output) });
  };
  try {
    const state = stateOf(answer);
    if (state === undefined) return completed(null);
    context.customStatus = customStatusOf(state.customStatus);
    replayActions(context, state.actions[0] ?? [], (error) => {
      if (error === undefined) finish(state);
      else fail(error);
    });
  } catch (error) {
    fail(error instanceof Error ? error : new Error(String(error)));
  }
  return result;
}

function failureOf(context: ReplayContext, error: string): OrchestrationFailure {
  return new OrchestrationFailure(
    `Orchestrator function '${context.orchestrator}' failed: ${error}`,
    `Message: ${error}, StackTrace: ${frames}`,
  );
}

function customStatusOf(value: JsonValue | undefined): string | null {
  if (value === undefined || value === null) return null;
  const text = writeJson(value);
  const sizeKb = Math.floor((text.length * 2) / 1024);
  if (sizeKb > MAX_CUSTOM_STATUS_KB)
    throw argumentError(
      `The UTF-16 size of the JSON-serialized payload must not exceed ${MAX_CUSTOM_STATUS_KB} KB. The current payload size is ${sizeKb} KB.`,
    );
  return text;
}
