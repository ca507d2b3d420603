// What runs the stories of attempts in a test world: the Durable engine with the SDK's own replay, or a plain loop.
import { messageOf } from '../../../domain/errors';
import { instanceId } from '../../../domain/job/names';
import type { OrchestrationStarter } from '../../../domain/ports/orchestration-starter';
import { createDurableStarter } from '../../../functions/durable/durable-starter';
import {
  ADVANCE_ATTEMPT,
  RUN_ATTEMPT,
  type StepResult,
  type Story,
  storySchema,
} from '../../../orchestrations/activity-contract';
import { runAttempt } from '../../../orchestrations/run-attempt';
import { createEpisode, episodeContext } from '../../../proofs/simulation/world/sdk-orchestrator';
import { createDurableEngine } from '../../../standins/durable/engine';
import type { InvocationResult } from '../../../standins/functions-host/app/function-app';
import { createMemoryJournal } from '../../../standins/kernel/memory-journal';
import { engineClient } from './engine-client';
import type { VirtualWorld } from './virtual-world';

export interface StoryParts {
  readonly world: VirtualWorld;
  readonly log: (level: string, message: string) => void;
  /** Has the attempt advance on the host, as the story's only activity. */
  readonly step: (story: Story) => Promise<StepResult>;
}

export interface Stories {
  readonly starter: OrchestrationStarter;
  /** Characters of the longest trigger of all episodes; what a replay reads grows with it. */
  readonly longestTrigger: () => number;
  readonly start: () => Promise<void>;
}

/** The genuine orchestrator in the engine, with its whole history. It costs three times as much as the plain loop. */
export function durableStories({ world, log, step }: StoryParts): Stories {
  const { clock, timers } = world.time;
  const episode = createEpisode(runAttempt);
  let longestTrigger = 0;
  const nameOf = (kind: string): string => (kind === 'orchestrator' ? RUN_ATTEMPT : ADVANCE_ATTEMPT);
  const engine = createDurableEngine({
    journal: createMemoryJournal(),
    clock,
    timers,
    newId: () => world.random.hex(32),
    hubName: 'virtual',
    log,
    invoker: {
      knows: (kind, name) => nameOf(kind) === name,
      names: (kind) => [nameOf(kind)],
      runOrchestrator: (name, input) => {
        const trigger = input.string ?? '';
        longestTrigger = Math.max(longestTrigger, trigger.length);
        return resultOf(() => episode(JSON.parse(trigger), episodeContext(name)));
      },
      runActivity: (name, input) =>
        resultOf(() => {
          if (name !== ADVANCE_ATTEMPT) throw new Error(`There is no activity ${name}.`);
          return step(storySchema.parse(JSON.parse(input.string ?? '')));
        }),
    },
  });
  return {
    starter: createDurableStarter(engineClient(engine)),
    longestTrigger: () => longestTrigger,
    start: () => engine.start(),
  };
}

/** One step after the other, with the waits that they ask for. If one fails, its story ends: a tick takes over. */
export function plainStories({ world, log, step }: StoryParts): Stories {
  /** Instances under way. Calling its function wakes an instance. */
  const told = new Map<string, () => void>();
  const untilWoken = (id: string, ms: number): Promise<void> =>
    new Promise((resolve) => {
      told.set(id, resolve);
      void world.sleep(ms).then(resolve);
    });
  const tell = async (story: Story): Promise<void> => {
    await world.sleep(0); // The starter of a story does not wait for its first step.
    for (;;) {
      const result = await step(story);
      if (result.next === 'stop') return;
      if (result.next === 'look-again') await untilWoken(instanceId(story), result.afterMs);
    }
  };
  return {
    starter: {
      start: (story) => {
        const id = instanceId(story);
        told.set(id, () => undefined);
        void tell(story)
          .catch((error: unknown) => log('error', `${id} failed: ${messageOf(error)}`))
          .finally(() => told.delete(id));
        return Promise.resolve();
      },
      status: (story) => Promise.resolve(told.has(instanceId(story)) ? 'running' : 'ended'),
      wake: (story) => Promise.resolve(told.get(instanceId(story))?.()),
    },
    longestTrigger: () => 0,
    start: () => Promise.resolve(),
  };
}

/** As the host carries it: JSON, or the error's text. */
async function resultOf(run: () => Promise<unknown>): Promise<InvocationResult> {
  try {
    return { status: 'success', returnValue: { json: JSON.stringify(await run()) }, outputs: [] };
  } catch (error) {
    return { status: 'failure', message: messageOf(error), stack: '' };
  }
}
