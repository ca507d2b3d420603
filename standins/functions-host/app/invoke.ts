// One invocation, step by step as the Node worker's InvocationHandler does it.
import { inspect } from 'node:util';

import type { WriteLog } from './app-log';
import type { CoreInvocationContext, FunctionCallback, ProgrammingModel } from './core-shim';
import { bindingsOf, type RegisteredFunction, type Registrations, WorkerError } from './core-shim';
import type { Invocation, InvocationResult } from './function-app';
import { type HookData, runHooks, withReadOnly } from './hooks';

export interface Worker {
  readonly registrations: Registrations;
  readonly model: ProgrammingModel;
  readonly hookData: HookData;
  readonly log: WriteLog;
}

/** Runs the function. Whatever the app, its hooks or the library throw becomes a failure. */
export async function invokeFunction(
  worker: Worker,
  registered: RegisteredFunction,
  invocation: Invocation,
): Promise<InvocationResult> {
  try {
    return await run(worker, registered, invocation);
  } catch (thrown) {
    const error = asError(thrown);
    return { status: 'failure', message: error.message, stack: error.stack ?? '' };
  }
}

async function run(
  worker: Worker,
  registered: RegisteredFunction,
  invocation: Invocation,
): Promise<InvocationResult> {
  const core = coreContext(worker, registered, invocation);
  const model = await worker.model.getInvocationModel(core);
  const { context, inputs } = await model.getArguments();

  const shared = { hookData: {}, appHookData: worker.hookData.app, invocationContext: context };
  const before: { inputs: unknown[]; functionCallback: FunctionCallback } = {
    inputs,
    functionCallback: registered.callback,
  };
  await during(core, 'preInvocationHooks', () =>
    runHooks(worker.registrations, 'preInvocation', withReadOnly(before, shared)),
  );

  const after: { inputs: unknown[]; result: unknown; error: unknown } = {
    inputs: before.inputs,
    result: null,
    error: null,
  };
  await during(core, 'invocation', async () => {
    try {
      after.result = await model.invokeFunction(context, before.inputs, before.functionCallback);
    } catch (thrown) {
      after.error = thrown;
    }
  });
  await during(core, 'postInvocationHooks', () =>
    runHooks(worker.registrations, 'postInvocation', withReadOnly(after, shared)),
  );
  // As in the worker, a thrown null or undefined counts as success.
  if (after.error !== null && after.error !== undefined) throw asError(after.error);

  const response = await model.getResponse(context, after.result);
  return {
    status: 'success',
    returnValue: response.returnValue ?? undefined,
    outputs: response.outputData ?? [],
  };
}

function coreContext(
  worker: Worker,
  registered: RegisteredFunction,
  invocation: Invocation,
): CoreInvocationContext {
  const { invocationId, functionId } = invocation;
  const known = new Set(bindingsOf(registered.metadata).map((binding) => binding.name));
  const unknown = invocation.inputs.find((input) => !known.has(input.name));
  if (unknown !== undefined)
    throw new WorkerError(`Function "${registered.metadata.name}" has no binding "${unknown.name}".`);
  return {
    invocationId,
    request: {
      invocationId,
      functionId,
      inputData: invocation.inputs,
      triggerMetadata: invocation.triggerMetadata ?? {},
      traceContext: { attributes: {} },
      retryContext: null,
    },
    metadata: registered.metadata,
    state: undefined,
    log: (level, category, message) =>
      worker.log({ level, category, message, functionName: registered.metadata.name, invocationId }),
  };
}

async function during(
  core: CoreInvocationContext,
  state: NonNullable<CoreInvocationContext['state']>,
  work: () => Promise<void>,
): Promise<void> {
  core.state = state;
  try {
    await work();
  } finally {
    core.state = undefined;
  }
}

/** What was thrown, as an Error. For things that are no errors the text is the worker's. */
export function asError(thrown: unknown): Error {
  if (thrown instanceof Error) return thrown;
  if (thrown === undefined || thrown === null) return new Error('Unknown error');
  if (typeof thrown === 'string') return new Error(thrown);
  if (typeof thrown === 'object') return isErrorLike(thrown) ? thrown : new Error(JSON.stringify(thrown));
  return new Error(inspect(thrown));
}

/** Whether it is an error of another realm (a `vm` context), which fails `instanceof` but carries its text. */
function isErrorLike(thrown: object): thrown is Error {
  return Object.prototype.toString.call(thrown) === '[object Error]' && 'message' in thrown;
}
