// Many jobs with lives reduced to start and end, against one region at Azure's limits, in virtual time.
import { z } from 'zod';

import { submit } from '../../jobs/job/submit';
import { dispatch, freeAllHolders } from '../../jobs/placement/dispatch';
import { onKick } from '../../jobs/placement/kick';
import type { Ports } from '../../jobs/ports';
import { testApp } from '../support/app/test-app';
import { MemoryHintStore } from '../support/memory/memory-hint-store';
import { MemoryJobStore } from '../support/memory/memory-job-store';
import { MemoryPlacementStore } from '../support/memory/memory-placement-store';
import { testPlacement } from '../support/placements';
import { NEW_YEAR } from '../support/rows';
import { createRegion, NEVER_ENDS } from '../support/world/region';
import {
  createVirtualWorld,
  deliveringQueue,
  distant,
  type VirtualWorld,
} from '../support/world/virtual-world';
import { createShortLives, type ShortLives } from './short-lives';
import { createWatch, type Watch } from './watch';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** Longer than any run takes. */
const LIMIT = 24 * HOUR;
/** Milliseconds between two looks of the observer. */
const GRAIN = 200;
/** From the time at which a kick may be read to its reading, milliseconds. */
const KICK_MS = [10, 900] as const;

const counts = z.record(z.string(), z.number());
export const thousandJobsSchema = z.object({
  created: z.number(),
  gone: z.number(),
  groupsLeft: z.number(),
  /** Hours of virtual time. */
  hours: z.number(),
  /** Seconds of real time. */
  seconds: z.number(),
  /** ARM's answers by method and status, such as `PUT 201`. */
  answers: counts,
  overtaken: z.array(z.object({ jobId: z.string(), by: z.string(), waitedMs: z.number() })),
  longestIdleMs: z.number(),
  windowsUsedUp: z.object({ fiveMinutes: z.number(), hour: z.number() }),
  /** The most of each, by the emulator's ledger, in any stretch of that length. */
  most: z.object({
    createdIn5Minutes: z.number(),
    createdInAnHour: z.number(),
    deletedIn5Minutes: z.number(),
    deletedInAnHour: z.number(),
  }),
  logged: z.array(z.string()),
});
export type ThousandJobs = z.infer<typeof thousandJobsSchema>;

/** Runs the jobs. Workloads live 2 to 50 minutes, on average a little less than the region's places would allow. */
export async function runThousandJobs({ jobs, seed }: { jobs: number; seed: number }): Promise<ThousandJobs> {
  const startedAt = performance.now();
  const world = createVirtualWorld(seed);
  const placement = testPlacement();
  const { emulator } = createRegion(world.time, {
    settings: { provisionMs: 30_000, pullMs: 20_000, deleteMs: 15_000 },
    scripts: [NEVER_ENDS],
  });
  const lives = createShortLives(
    world,
    emulator,
    () => ports,
    () => world.random.int(2, 50) * MINUTE,
  );
  const watch = createWatch(placement, lives);
  const app = testApp({
    clock: world.time.clock,
    pause: world.sleep,
    placements: [placement],
    jobs: watch.watch(distant(world, new MemoryJobStore())),
    hints: distant(world, new MemoryHintStore(() => world.now())),
    placementRows: distant(world, new MemoryPlacementStore()),
    kicks: deliveringQueue(world, (text) => onKick(ports, JSON.parse(text)), KICK_MS),
  });
  const ports: Ports & Pick<ShortLives, 'starter'> = { ...app.ports, starter: lives.starter };

  lookOn(world, watch);
  void everyMinute(world, ports);
  void arrive(world, ports, jobs);
  await world.runUntil(NEW_YEAR + LIMIT, () => lives.gone.length === jobs);
  const { groups } = emulator.ledger();
  const createdAt = groups.map((group) => group.createdAt);
  const deletedAt = groups.flatMap((group) => group.deleteRequestedAt ?? []);
  await emulator.close();
  return {
    created: lives.created.length,
    gone: lives.gone.length,
    groupsLeft: emulator.groupCount(),
    hours: (world.now() - NEW_YEAR) / HOUR,
    seconds: (performance.now() - startedAt) / 1000,
    answers: Object.fromEntries(lives.answers),
    overtaken: [...watch.overtaken],
    longestIdleMs: watch.longestIdle(),
    windowsUsedUp: watch.windowsUsedUp,
    most: {
      createdIn5Minutes: mostWithin(createdAt, 5 * MINUTE),
      createdInAnHour: mostWithin(createdAt, HOUR),
      deletedIn5Minutes: mostWithin(deletedAt, 5 * MINUTE),
      deletedInAnHour: mostWithin(deletedAt, HOUR),
    },
    logged: app.logged,
  };
}

type AppPorts = Ports & Pick<ShortLives, 'starter'>;

/** The part of the minute tick that concerns admission. */
async function everyMinute(world: VirtualWorld, ports: AppPorts): Promise<void> {
  for (;;) {
    await world.sleep(MINUTE);
    await freeAllHolders(ports);
    await dispatch(ports);
  }
}

/** Submits in bursts of fifty with quiet stretches between them. Each submission dispatches at once, as in the app. */
async function arrive(world: VirtualWorld, ports: AppPorts, jobs: number): Promise<void> {
  const spec = { image: 'example/program:1' };
  for (let job = 0; job < jobs; job += 1) {
    await world.sleep(job % 50 === 0 ? world.random.int(1, 4 * MINUTE) : world.random.int(0, 300));
    void submit(ports, { spec, key: `job ${job}`, source: 'queue' }).then(() => dispatch(ports, 'chances'));
  }
}

function lookOn(world: VirtualWorld, watch: Watch): void {
  watch.look(world.now());
  world.time.timers.after(GRAIN, () => lookOn(world, watch));
}

/** The most of these instants that lie less than `spanMs` apart. */
function mostWithin(instants: readonly number[], spanMs: number): number {
  const sorted = instants.toSorted((a, b) => a - b);
  let from = 0;
  return sorted.reduce((most, at, to) => {
    while (at - (sorted[from] ?? at) >= spanMs) from += 1;
    return Math.max(most, to - from + 1);
  }, 0);
}
