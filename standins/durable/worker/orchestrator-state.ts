// The answer of an orchestrator function: the state that the SDK sends back (docs/facts/durable-functions.md#output).
import { z } from 'zod';

import type { InvocationResult } from '../../functions-host/app/function-app';
import type { JsonValue } from '../history/net-json';
import { sanitize } from '../history/sanitizer';
import { argumentError } from './failure';
import { outOfProcData } from './worker-failure';

/** Accepted without a check, because every such value comes from JSON.parse. */
const json = z.custom<JsonValue>();

const retryOptions = z.object({
  firstRetryIntervalInMilliseconds: z.number(),
  maxNumberOfAttempts: z.number(),
  backoffCoefficient: z.number().nullish(),
  maxRetryIntervalInMilliseconds: z.number().nullish(),
  retryTimeoutInMilliseconds: z.number().nullish(),
});
export type RetryOptions = z.infer<typeof retryOptions>;

const call = { functionName: z.string(), input: json.optional() };
const subCall = { ...call, instanceId: z.string().nullish() };
const simpleAction = z.discriminatedUnion('actionType', [
  z.object({ actionType: z.literal(0), ...call }),
  z.object({ actionType: z.literal(1), ...call, retryOptions }),
  z.object({ actionType: z.literal(2), ...subCall }),
  z.object({ actionType: z.literal(3), ...subCall, retryOptions }),
  z.object({ actionType: z.literal(4), input: json.optional() }),
  z.object({ actionType: z.literal(5), fireAt: z.string(), isCanceled: z.boolean().nullish() }),
  z.object({ actionType: z.literal(6), externalEventName: z.string() }),
  z.object({ actionType: z.literal([7, 8, 9, 10, 13, 14]) }),
]);

/** One entry of the action list. The local host does not offer 7, nor 8 to 14 except 11 and 12. */
export type OrchestratorAction =
  | z.infer<typeof simpleAction>
  | { readonly actionType: 11 | 12; readonly compoundActions: readonly OrchestratorAction[] };

const action: z.ZodType<OrchestratorAction> = z.union([
  simpleAction,
  z.object({
    actionType: z.literal([11, 12]),
    get compoundActions() {
      return z.array(action);
    },
  }),
]);

const orchestratorState = z.object({
  isDone: z.boolean(),
  actions: z.array(z.array(action)),
  output: json.optional(),
  error: z.string().nullish(),
  customStatus: json.optional(),
  schemaVersion: z.number().default(0),
});
export type OrchestratorState = z.infer<typeof orchestratorState>;

/** The invocation failed in another way than the SDK reports: the function is gone, or a hook of the app threw. */
export class UnreadableFailure extends Error {
  override readonly name = 'UnreadableFailure';
}

/** Schema V2 and V3 of the protocol: one list with one action for each yield. */
const OFFERED_SCHEMAS = [1, 2];

/**
 * Reads the state from an invocation's result; undefined if the function returned nothing. Throws what the extension
 * would report for an answer that it cannot read.
 */
export function stateOf(result: InvocationResult): OrchestratorState | undefined {
  const value = stateValue(result);
  if (value === undefined) return undefined;
  const state = orchestratorState.safeParse(value);
  if (!state.success)
    throw argumentError(`The orchestrator's state cannot be read: ${z.prettifyError(state.error)}`);
  const { schemaVersion, actions } = state.data;
  if (!OFFERED_SCHEMAS.includes(schemaVersion))
    throw argumentError(
      `The local host offers the schema versions ${OFFERED_SCHEMAS.join(' and ')} of the orchestrator protocol, ` +
        `not ${schemaVersion}: use durable-functions 3.`,
    );
  if (actions.length !== 1)
    throw argumentError(
      `With OOProc schema ${schemaVersion}, expected actions array to be of length 1 in outer layer but got size: ${actions.length}`,
    );
  return state.data;
}

function stateValue(result: InvocationResult): unknown {
  if (result.status === 'failure') {
    const data = outOfProcData(result);
    if (data === undefined) throw new UnreadableFailure(sanitize(result.message));
    return parseState(data);
  }
  const returned = result.returnValue;
  if (returned === undefined) return undefined;
  const text = returned.json ?? returned.string;
  if (typeof text === 'string') return parseState(text);
  const empty = Object.values(returned).every((value) => value === undefined || value === null);
  if (empty) return undefined;
  throw argumentError('The data returned by the out-of-process function execution was not valid json.');
}

function parseState(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null) return value;
  } catch {
    // Falls through to the one answer that the extension has for this.
  }
  throw argumentError('Out of proc orchestrators must return a valid JSON schema');
}
