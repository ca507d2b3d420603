// The calls an action list can make on activities and sub-orchestrations.
import { type JsonValue, writeJson, writeNumber } from '../history/net-json';
import { argumentError } from './failure';
import type { RetryOptions } from './orchestrator-state';
import { faulted, type Pending } from './pending';
import type { ReplayContext } from './replay-context';
import { refusedRetryOptions, withRetry } from './retry';

interface Call {
  readonly functionName: string;
  readonly input?: JsonValue | undefined;
  readonly retryOptions?: RetryOptions;
}

/**
 * Schedules an activity. A call to an unknown name fails without an id or an event. JavaScript never learns of it, so
 * the instance waits for ever. The caller can ask `knows` and log it.
 */
export function callActivity(context: ReplayContext, call: Call): Pending<unknown> {
  if (!context.knows('activity', call.functionName))
    return faulted(argumentError(`There is no activity function '${call.functionName}'.`));
  const attempt = (): Pending<unknown> => {
    const id = context.ids.take();
    context.ids.ask({ kind: 'activity', id, name: call.functionName, input: activityInput(call.input) });
    return context.ids.open(id);
  };
  return retried(context, call.retryOptions, attempt);
}

/**
 * Starts a sub-orchestration and waits for its end. Without an id it gets `<execution id>:<event id>`, a new one for
 * each attempt.
 */
export function callSubOrchestrator(
  context: ReplayContext,
  call: Call & { readonly instanceId?: string | null | undefined },
): Pending<unknown> {
  const { functionName, instanceId } = call;
  if (!context.knows('orchestrator', functionName))
    return faulted(argumentError(`There is no orchestrator function '${functionName}'.`));
  if (sameId(instanceId, context.instanceId) || sameId(instanceId, context.parentInstanceId))
    return faulted(
      argumentError(
        'The instance ID of a sub-orchestration must be different than the instance ID of a parent orchestration.',
      ),
    );
  if (instanceId?.startsWith('@') === true)
    return faulted(argumentError('Orchestration instance ids must not start with @'));
  const attempt = (): Pending<unknown> => {
    const id = context.ids.take();
    context.ids.ask({
      kind: 'sub-orchestration',
      id,
      name: functionName,
      instanceId: isBlank(instanceId) ? `${context.executionId}:${id}` : instanceId,
      input: jsonOrNull(call.input),
    });
    return context.ids.open(id);
  };
  return retried(context, call.retryOptions, attempt);
}

/** JSON text, or null for null and nothing. */
export function jsonOrNull(value: JsonValue | undefined): string | null {
  return value === undefined || value === null ? null : writeJson(value);
}

function retried(
  context: ReplayContext,
  options: RetryOptions | undefined,
  attempt: () => Pending<unknown>,
): Pending<unknown> {
  if (options === undefined) return attempt();
  const refused = refusedRetryOptions(options);
  return refused === undefined ? withRetry(context, options, attempt) : faulted(argumentError(refused));
}

/**
 * What the activity's binding carries: the .NET text of a simple value (so `true` becomes `True`), the JSON of an
 * object or array, nothing for null. A string stays as it is, because the SDK has made JSON of it already.
 */
function activityInput(value: JsonValue | undefined): string | null {
  if (value === undefined || value === null) return null;
  if (typeof value === 'string') return value;
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  return typeof value === 'number' ? writeNumber(value) : writeJson(value);
}

function sameId(left: string | null | undefined, right: string | null): boolean {
  return typeof left === 'string' && right !== null && left.toLowerCase() === right.toLowerCase();
}

function isBlank(text: string | null | undefined): text is null | undefined | '' {
  return text === null || text === undefined || text.trim() === '';
}
