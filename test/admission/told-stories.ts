// The whole app in virtual time on one host, where nothing fails by itself: the real story in the real engine,
// dispatcher and sweep, over any backends.
import { durableStarter } from '../../functions/durable/durable-starter';
import { createActivities } from '../../jobs/attempt/activities';
import { dispatch, freeAllHolders } from '../../jobs/placement/dispatch';
import { onKick } from '../../jobs/placement/kick';
import type { Ports } from '../../jobs/ports';
import { sweep } from '../../jobs/sweep/sweep';
import { takeOverJobs } from '../../jobs/sweep/take-over';
import { ACTIVITY_NAMES, RUN_ATTEMPT, storySchema } from '../../orchestrations/activity-contract';
import { runAttempt } from '../../orchestrations/run-attempt';
import { createEpisode, episodeContext } from '../../proofs/simulation/world/sdk-orchestrator';
import { createDurableEngine } from '../../standins/durable/engine';
import type { InvocationResult } from '../../standins/functions-host/app/function-app';
import { createMemoryJournal } from '../../standins/kernel/memory-journal';
import { type TestApp, testApp } from '../support/app/test-app';
import { MemoryMessageQueue } from '../support/memory/memory-message-queue';
import { engineClient } from './engine-client';
import { deliveringQueue, type VirtualWorld } from './virtual-world';

const MINUTE = 60_000;

export interface ToldStories {
  readonly ports: Ports & { readonly starter: ReturnType<typeof durableStarter> };
  readonly app: TestApp;
  readonly events: MemoryMessageQueue;
  /** Of the triggers of all episodes the longest, characters: what a replay reads grows with it. */
  longestTrigger(): number;
  /** What a tick could not do. */
  readonly failures: readonly unknown[];
  start(): Promise<void>;
}

/** `compute`: the placements with their backends. `around`: the ports as one activity has them. */
export function tellStories(
  world: VirtualWorld,
  compute: Partial<Ports>,
  around: (ports: Ports) => Ports = (ports) => ports,
): ToldStories {
  const { clock, timers } = world.time;
  const events = new MemoryMessageQueue(() => clock.now());
  const app = testApp({
    clock,
    pause: world.sleep,
    kicks: deliveringQueue(world, (text) => onKick(ports, JSON.parse(text)), [10, 900]),
    events,
    ...compute,
  });

  const episode = createEpisode(runAttempt);
  let longestTrigger = 0;
  const engine = createDurableEngine({
    journal: createMemoryJournal(),
    clock,
    timers,
    newId: () => world.random.hex(32),
    hubName: 'virtual',
    log: (level, message) => app.logged.push(`${level} ${message}`),
    invoker: {
      knows: (kind, name) => (kind === 'orchestrator' ? [RUN_ATTEMPT] : [...ACTIVITY_NAMES]).includes(name),
      names: (kind) => (kind === 'orchestrator' ? [RUN_ATTEMPT] : [...ACTIVITY_NAMES]),
      runOrchestrator: (name, input) => {
        const trigger = input.string ?? '';
        longestTrigger = Math.max(longestTrigger, trigger.length);
        return resultOf(() => episode(JSON.parse(trigger), episodeContext(name)));
      },
      runActivity: (name, input) =>
        resultOf(() => {
          const activity = ACTIVITY_NAMES.find((known) => known === name);
          if (activity === undefined) throw new Error(`There is no activity ${name}.`);
          const activities = createActivities(around(ports));
          return activities[activity](storySchema.parse(JSON.parse(input.string ?? '')));
        }),
    },
  });
  const ports = { ...app.ports, starter: durableStarter(engineClient(engine)) };
  const failures: unknown[] = [];

  async function everyMinute(): Promise<void> {
    for (;;) {
      await world.sleep(MINUTE);
      for (const part of [sweep, takeOverJobs, freeAllHolders, dispatch])
        await part(ports).catch((error: unknown) => failures.push(error));
    }
  }

  return {
    ports,
    app,
    events,
    longestTrigger: () => longestTrigger,
    failures,
    start: async () => {
      await engine.start();
      void everyMinute();
    },
  };
}

/** As the host carries it: JSON, or the error's text. */
async function resultOf(run: () => Promise<unknown>): Promise<InvocationResult> {
  try {
    return { status: 'success', returnValue: { json: JSON.stringify(await run()) }, outputs: [] };
  } catch (error) {
    return { status: 'failure', message: error instanceof Error ? error.message : String(error), stack: '' };
  }
}
