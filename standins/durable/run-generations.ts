// The inside of one dispatch: invoke, step, and at once again for every generation that continueAsNew begins.
import type { InvocationResult } from '../functions-host/app/function-app';
import { carryOn, type Generation } from './generation';
import type { Hub } from './hub';
import type { Outgoing } from './outgoing';
import { step } from './step/step';
import { orchestratorTrigger } from './worker/trigger';
import { unknownFunction } from './worker/unknown-function';

export interface Ran {
  /** The last generation. Its `fresh` holds everything that must be stored. */
  readonly generation: Generation;
  readonly outgoing: Outgoing;
  readonly customStatus: string | null;
}

/**
 * After so many generations without a pause the other instances get a turn, so that a loop of continueAsNew does not
 * hold up the host.
 */
const GENERATIONS_A_TURN = 100;

/** Undefined if the engine stops in the middle; then nothing has happened. */
export async function runGenerations(hub: Hub, first: Generation): Promise<Ran | undefined> {
  const outgoing: Outgoing = { activities: [], timers: [], messages: [] };
  let generation = first;
  let previousStatus: string | null = null;
  for (let count = 1; ; count++) {
    const { started, past, fresh } = generation;
    const parent = started.ParentInstance?.OrchestrationInstance.InstanceId ?? null;
    const answer = await invoke(hub, generation);
    if (hub.isStopping()) return undefined;
    const result = step({
      subject: {
        orchestrator: started.Name,
        instanceId: started.OrchestrationInstance.InstanceId,
        executionId: started.OrchestrationInstance.ExecutionId,
        parentInstanceId: parent,
        knows: (kind, name) => {
          const isKnown = hub.invoker.knows(kind, name);
          if (!isKnown)
            hub.log('warning', `${unknownFunction(hub.invoker, kind, name)} The instance waits for ever.`);
          return isKnown;
        },
      },
      past,
      fresh,
      answer,
    });
    const carried = carryOn(generation, result, outgoing, hub);
    generation = carried.generation;
    if (!carried.continuesAsNew) {
      // A generation that ran in the same dispatch as the one before inherits that one's custom status until it stores
      // its own.
      return { generation, outgoing, customStatus: result.customStatus ?? previousStatus };
    }
    previousStatus = result.customStatus;
    if (count % GENERATIONS_A_TURN === 0) await hub.sleep(0);
  }
}

async function invoke(hub: Hub, generation: Generation): Promise<InvocationResult> {
  const name = generation.started.Name;
  if (hub.invoker.knows('orchestrator', name))
    return hub.invoker.runOrchestrator(name, orchestratorTrigger(generation));
  return { status: 'failure', message: unknownFunction(hub.invoker, 'orchestrator', name), stack: '' };
}
