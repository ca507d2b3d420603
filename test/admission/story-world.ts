// The whole app in virtual time on one host, nothing failing: the real story in the real engine through the genuine SDK, against the emulator.
import { createAciBackend } from '../../backends/aci/aci-backend';
import type { AciPlacement } from '../../backends/aci/placement';
import { ACI_TRAITS } from '../../backends/aci/traits';
import { createPace } from '../../domain/placement/pace';
import { durableStarter } from '../../functions/durable/durable-starter';
import { createActivities } from '../../jobs/attempt/activities';
import { dispatch, freeAllHolders } from '../../jobs/placement/dispatch';
import { onKick } from '../../jobs/placement/kick';
import type { Ports } from '../../jobs/ports';
import { sweep } from '../../jobs/sweep/sweep';
import { takeOverJobs } from '../../jobs/sweep/take-over';
import { ACTIVITY_NAMES, RUN_ATTEMPT, storySchema } from '../../orchestrations/activity-contract';
import { runAttempt } from '../../orchestrations/run-attempt';
import { thinClients } from '../../proofs/simulation/cloud/arm-clients';
import { createEpisode, episodeContext } from '../../proofs/simulation/world/sdk-orchestrator';
import { type AciEmulator, createAciEmulator } from '../../standins/aci/emulator';
import { DEFAULT_ACI_SETTINGS } from '../../standins/aci/settings';
import { createScriptedRuntime, type Script } from '../../standins/containers/scripted';
import { createDurableEngine } from '../../standins/durable/engine';
import type { InvocationResult } from '../../standins/functions-host/app/function-app';
import { createMemoryJournal } from '../../standins/kernel/memory-journal';
import { type TestApp, testApp } from '../support/app/test-app';
import { MemoryMessageQueue } from '../support/memory/memory-message-queue';
import { engineClient } from './engine-client';
import { deliveringQueue, type VirtualWorld } from './virtual-world';

const MINUTE = 60_000;

export interface StoryWorld {
  readonly ports: Ports & { readonly starter: ReturnType<typeof durableStarter> };
  readonly app: TestApp;
  readonly events: MemoryMessageQueue;
  readonly emulator: AciEmulator;
  /** ARM's answers by method and status, such as `GET 200`. */
  readonly answers: ReadonlyMap<string, number>;
  /** Of the triggers of all episodes the longest, characters: what a replay reads grows with it. */
  longestTrigger(): number;
  /** What a tick could not do. */
  readonly failures: readonly unknown[];
  start(): Promise<void>;
}

export function createStoryWorld(
  world: VirtualWorld,
  placement: AciPlacement,
  script: (group: string) => Script,
): StoryWorld {
  const { clock, timers } = world.time;
  const newId = (): string => world.random.hex(32);
  const emulator = createAciEmulator({
    clock,
    timers,
    newId,
    runtime: createScriptedRuntime(timers, ({ groupName }) => script(groupName)),
    settings: { ...DEFAULT_ACI_SETTINGS, provisionMs: 60_000, pullMs: 30_000, deleteMs: 20_000 },
  });
  const answers = new Map<string, number>();
  const clients = thinClients(async (request) => {
    const answer = await emulator.handle(request);
    const asked = `${request.method} ${answer.status}`;
    answers.set(asked, (answers.get(asked) ?? 0) + 1);
    return answer;
  });
  const pace = createPace(clock, () => ACI_TRAITS.requests);
  const backend = createAciBackend(
    placement,
    () => clients,
    (report) => pace.onPace(placement.name, report),
  );
  const events = new MemoryMessageQueue(() => clock.now());
  const app = testApp({
    clock,
    pause: world.sleep,
    pace,
    placements: [placement],
    backendOf: () => backend,
    kicks: deliveringQueue(world, (text) => onKick(ports, JSON.parse(text)), [10, 900]),
    events,
  });

  const episode = createEpisode(runAttempt);
  let longestTrigger = 0;
  const engine = createDurableEngine({
    journal: createMemoryJournal(),
    clock,
    timers,
    newId,
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
          return activities[activity](storySchema.parse(JSON.parse(input.string ?? '')));
        }),
    },
  });
  const ports = { ...app.ports, starter: durableStarter(engineClient(engine)) };
  const activities = createActivities(ports);
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
    emulator,
    answers,
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
