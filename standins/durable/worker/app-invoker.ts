// Calls a loaded app for the engine: its functions with an orchestration or activity trigger.
import type {
  FunctionApp,
  InvocationResult,
  LoadedFunction,
  RpcTypedData,
} from '../../functions-host/app/function-app';
import type { DurableInvoker, DurableKind } from './invoker';

export interface AppInvokerOptions {
  /** A unique invocation id. */
  readonly newInvocationId: () => string;
  /** The `durableClient` binding's value, for functions that ask for one. */
  readonly clientBinding?: () => string;
}

const TRIGGERS: Readonly<Record<DurableKind, string>> = {
  orchestrator: 'orchestrationtrigger',
  activity: 'activitytrigger',
};

/** A durable function's name is its function name unless its trigger names another. */
export function createAppInvoker(app: FunctionApp, options: AppInvokerOptions): DurableInvoker {
  const byKind: Record<DurableKind, Map<string, LoadedFunction>> = {
    orchestrator: functionsOf(app, 'orchestrator'),
    activity: functionsOf(app, 'activity'),
  };

  const run = (
    kind: DurableKind,
    name: string,
    data: RpcTypedData,
    triggerMetadata: Readonly<Record<string, RpcTypedData>>,
  ): Promise<InvocationResult> => {
    const found = byKind[kind].get(name.toLowerCase());
    if (found === undefined) return Promise.reject(new Error(`The app has no ${kind} function "${name}".`));
    const clients = found.bindings
      .filter((binding) => binding.type.toLowerCase() === 'durableclient')
      .map((binding) => ({ name: binding.name, data: { string: options.clientBinding?.() ?? '' } }));
    return app.invoke({
      functionId: found.id,
      invocationId: options.newInvocationId(),
      inputs: [{ name: found.trigger.name, data }, ...clients],
      triggerMetadata,
    });
  };

  return {
    knows: (kind, name) => byKind[kind].has(name.toLowerCase()),
    names: (kind) => [...byKind[kind].values()].map((each) => durableName(each, kind)),
    runOrchestrator: (name, trigger) => run('orchestrator', name, trigger, {}),
    runActivity: (name, input, instanceId) =>
      run('activity', name, input, { instanceId: { string: instanceId } }),
  };
}

function functionsOf(app: FunctionApp, kind: DurableKind): Map<string, LoadedFunction> {
  return new Map(
    app.functions
      .filter(({ trigger }) => trigger.type.toLowerCase() === TRIGGERS[kind])
      .map((each) => [durableName(each, kind).toLowerCase(), each]),
  );
}

function durableName({ name, trigger }: LoadedFunction, kind: DurableKind): string {
  const named = trigger[kind === 'orchestrator' ? 'orchestration' : 'activity'];
  return typeof named === 'string' && named !== '' ? named : name;
}
