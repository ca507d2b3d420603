// Runs the app's functions for the triggers: provides input bindings, logs each run and knows what is in flight.
import type { Clock } from '../../kernel/clock';
import type { WriteLog } from './app-log';
import type { FunctionApp, InvocationResult, LoadedFunction, RpcTypedData } from './function-app';

export interface FunctionRunnerOptions {
  readonly app: FunctionApp;
  readonly clock: Clock;
  readonly log: WriteLog;
  readonly newInvocationId: () => string;
  /** The value of a durableClient input binding, as JSON text. */
  readonly durableClient: () => string;
}

export interface FunctionRunner {
  /** Runs the function once. Never rejects for what the app throws. */
  run(
    loaded: LoadedFunction,
    trigger: RpcTypedData,
    triggerMetadata?: Readonly<Record<string, RpcTypedData>>,
  ): Promise<InvocationResult>;
}

export function createFunctionRunner(options: FunctionRunnerOptions): FunctionRunner {
  const { app, clock, log } = options;
  return {
    run: async (loaded, trigger, triggerMetadata) => {
      const invocationId = options.newInvocationId();
      const from = clock.monotonic();
      const about = { category: 'system', functionName: loaded.name, invocationId } as const;
      log({ ...about, level: 'debug', message: `Executing 'Functions.${loaded.name}'` });
      const result = await app.invoke({
        functionId: loaded.id,
        invocationId,
        inputs: [
          { name: loaded.trigger.name, data: trigger },
          ...clientInputs(loaded, options.durableClient),
        ],
        ...(triggerMetadata === undefined ? {} : { triggerMetadata }),
      });
      const took = `${Math.round(clock.monotonic() - from)} ms`;
      if (result.status === 'success')
        log({
          ...about,
          level: 'debug',
          message: `Executed 'Functions.${loaded.name}' (Succeeded, ${took})`,
        });
      else
        log({
          ...about,
          level: 'error',
          message: `Executed 'Functions.${loaded.name}' (Failed, ${took}): ${withoutState(result.stack === '' ? result.message : result.stack)}`,
        });
      return result;
    },
  };
}

function clientInputs(
  loaded: LoadedFunction,
  durableClient: () => string,
): { name: string; data: RpcTypedData }[] {
  return loaded.bindings
    .filter((binding) => binding.direction === 'in' && binding.type.toLowerCase() === 'durableclient')
    .map((binding) => ({ name: binding.name, data: { string: durableClient() } }));
}

/** Removes what the Durable library appends for its extension: the orchestrator's state, inputs included. */
function withoutState(text: string): string {
  const [before = '', state] = text.split('\n\n$OutOfProcData$:');
  return state === undefined ? text : before;
}
