// The app's orchestrators and activities, as the Durable engine calls them.
import type { DurableInvoker, DurableKind } from '../durable/worker/invoker';
import type { LoadedFunction } from './app/function-app';
import type { FunctionRunner } from './app/function-runner';

const TRIGGER: Readonly<Record<DurableKind, string>> = {
  orchestrator: 'orchestrationtrigger',
  activity: 'activitytrigger',
};

/** Names are compared without regard to case. */
export function createDurableInvoker(
  functions: readonly LoadedFunction[],
  runner: FunctionRunner,
): DurableInvoker {
  const ofKind = (kind: DurableKind): readonly LoadedFunction[] =>
    functions.filter(({ trigger }) => trigger.type.toLowerCase() === TRIGGER[kind]);
  const byKind = {
    orchestrator: byName(ofKind('orchestrator')),
    activity: byName(ofKind('activity')),
  } as const;
  const get = (kind: DurableKind, name: string): LoadedFunction => {
    const loaded = byKind[kind].get(name.toLowerCase());
    if (loaded === undefined) throw new Error(`The app has no ${kind} named "${name}".`);
    return loaded;
  };
  return {
    knows: (kind, name) => byKind[kind].has(name.toLowerCase()),
    names: (kind) => [...byKind[kind].values()].map(({ name }) => name),
    runOrchestrator: async (name, trigger) => runner.run(get('orchestrator', name), trigger),
    runActivity: async (name, input, instanceId) =>
      runner.run(get('activity', name), input, { instanceId: { string: instanceId } }),
  };
}

function byName(functions: readonly LoadedFunction[]): ReadonlyMap<string, LoadedFunction> {
  return new Map(functions.map((loaded) => [loaded.name.toLowerCase(), loaded]));
}
