// Runs one seed: builds a small cloud, lets people and faults act on it, waits for calm, and checks what can be seen
// from outside.
import { DEFAULT_TIMES } from '../../domain/attempt/protocol-times';
import { createRandom } from '../../standins/kernel/random';
import type { Fault } from '../faults/fault';
import { createFaultPlan } from '../faults/plan';
import { createAudit, type Worst } from './checks/audit';
import { endChecks } from './checks/end-checks';
import type { Facts, Submitted, Violation } from './checks/facts';
import { type ArrayFacts, checkGroup, watchLimit } from './checks/group-check';
import { cloudChecks, isHeld, viewChecks } from './checks/moment-checks';
import { createRest } from './checks/rest';
import { workspaceOf } from './cloud/container-apps/apps-workspace';
import type { Wire } from './cloud/platform';
import type { Platforms } from './cloud/platforms';
import { createAims } from './steering/aims';
import { ambush } from './steering/ambushes';
import { breakThings } from './steering/breakdowns';
import { besideOf, quarryOf } from './steering/quarry';
import { submitAnArray } from './users/arrays';
import { meddle } from './users/meddlers';
import { follow } from './users/people';
import { randomSubmission } from './users/submissions';
import { type Compute, createCompute } from './world/compute';
import { Deployment } from './world/deployment';
import { loseRows } from './world/lost-rows';
import { withoutRealLimits } from './world/no-real-limits';
import { createStraggler } from './world/straggler';
import { sweepByHand } from './world/sweepers';
import { createWorld, SHORT_TIMES, type Told, type World } from './world/world';

export interface SeedReport {
  readonly seed: number;
  readonly violations: readonly Violation[];
  readonly jobs: number;
  readonly faults: number;
  readonly groupsCreated: number;
  readonly groupsLeft: number;
  readonly worst: Worst;
  readonly virtualMs: number;
  readonly reached: ReadonlyMap<string, number>;
  readonly hit: ReadonlyMap<string, number>;
  /** The story; empty unless it was asked for. */
  readonly story: readonly Told[];
}

const MINUTE_MS = 60_000;
/**
 * How long faults go on, in minutes. Mostly that is long enough for a create's fate to be settled, sometimes for an
 * unknown group's age.
 */
const STORMS: readonly (readonly [number, number])[] = [
  [8, 15],
  [15, 25],
  [25, 45],
];
const SHORT_STORMS: readonly (readonly [number, number])[] = [
  [5, 8],
  [7, 11],
  [10, 16],
];
/**
 * What is not at rest so long after the last fault never will be. Of a story that always fails each attempt lasts until
 * its expiry, an hour and a half at most, and a job makes up to three of them, besides those that do not count.
 */
const PATIENCE_MS = 7 * 60 * MINUTE_MS;
/** Two or more members of an array run at once, each for some minutes until its workload is gone. */
const MEMBER_MS = 10 * MINUTE_MS;

export interface SeedOptions {
  /** Whether to return the story too. */
  readonly traced?: boolean;
  /** Faults to force. Until the first of them happens the run is the seed's own. */
  readonly forced?: readonly Fault[];
  /** Instead of jobs by chance one array of so many members. */
  readonly array?: number | undefined;
}

/** Runs one seed. The same seed does the same on every machine. */
export function runSeed(seed: number, options: SeedOptions = {}): Promise<SeedReport> {
  return withoutRealLimits(() => live(seed, options));
}

/** A run from its first choice to its report. */
async function live(seed: number, { traced = false, forced = [], array }: SeedOptions): Promise<SeedReport> {
  const random = createRandom(seed);
  const quarry = quarryOf(seed, random);
  const plan = createFaultPlan(random, {
    rate: random.pick([0.002, 0.006, 0.015, 0.04]),
    aim: createAims(random, quarry),
    most: 40,
    forced,
  });
  const isShort = random.chance(0.9);
  const world = createWorld(
    random,
    plan,
    createStraggler(random, plan, quarry),
    traced,
    isShort ? SHORT_TIMES : DEFAULT_TIMES,
  );
  const run = build(world, seed);
  for (const deployment of run.deployments) await deployment.start();
  const stormMs = random.int(...random.pick(isShort ? SHORT_STORMS : STORMS)) * MINUTE_MS;
  const group = array === undefined ? undefined : withArray(world, run, array, stormMs);
  if (group === undefined) populate(world, run, stormMs);
  world.later(stormMs, () => {
    world.tell('simulation', 'from here on nothing fails');
    plan.calm();
    run.calmAt = world.now();
  });
  for (const deployment of run.deployments) tickEveryMinute(world, deployment);
  await untilRest(world, run);
  await endChecks(run.facts);
  if (group !== undefined) await checkGroup(run.facts, group);
  await run.compute.close();
  const { record } = run.cloud;
  return {
    seed,
    violations: run.violations,
    jobs: run.deployments.reduce((sum, { stores }) => sum + stores.rows.jobIds().length, 0),
    faults: plan.faults(),
    groupsCreated: record.count,
    groupsLeft: run.compute.groupCount(),
    worst: run.audit.worst,
    virtualMs: world.now() - world.startedAt,
    reached: plan.coverage.reached,
    hit: plan.coverage.hit,
    story: world.story,
  };
}

interface Run {
  readonly cloud: Platforms;
  readonly compute: Compute;
  readonly wire: Wire;
  readonly deployments: readonly Deployment[];
  readonly facts: Facts;
  readonly audit: ReturnType<typeof createAudit>;
  readonly submitted: Submitted[];
  readonly canceled: Set<string>;
  readonly violations: Violation[];
  calmAt: number;
  /** What is not at rest so long after the last fault never will be, milliseconds. */
  patienceMs: number;
  /** Called at each change of a job that can be seen from outside. */
  onChange: () => void;
}

function build(world: World, seed: number): Run {
  const { random } = world;
  const compute = createCompute(world, besideOf(seed), workspaceOf(seed));
  const { cloud, wire } = compute;
  const violations: Violation[] = [];
  const deployments: Deployment[] = [];
  const submitted: Submitted[] = [];
  const canceled = new Set<string>();
  const events: { deployment: string; text: string }[] = [];
  const logLines: string[] = [];
  const facts: Facts = {
    world,
    cloud,
    deployments,
    submitted,
    events,
    canceled,
    logLines,
    calmAt: () => run.calmAt,
    fail: (code, message) => {
      world.tell('CHECK', `${code} FALLS: ${message}`);
      violations.push({ code, message, at: world.now() - world.startedAt });
    },
  };
  const audit = createAudit(facts);
  const run: Run = {
    cloud,
    wire,
    compute,
    deployments,
    facts,
    audit,
    submitted,
    canceled,
    violations,
    calmAt: Infinity,
    patienceMs: PATIENCE_MS,
    onChange: () => undefined,
  };
  const pollFloorMs = random.pick([20_000, 40_000, 60_000, 60_000]);
  for (const name of random.chance(0.15) ? ['our', 'other'] : ['our']) {
    const deployment: Deployment = new Deployment({
      world,
      name,
      compute,
      hosts: random.int(world.straggler.isWanted ? 2 : 1, 3), // Other processes must go on meanwhile.
      pollFloorMs,
      onLog: (line) => logLines.push(line),
      onTerminated: (jobId) => canceled.add(jobId),
      listeners: {
        onChange: (jobId, view) => {
          watch(jobId, view);
          run.onChange();
          world.straggler.rowsChanged();
        },
        onEvent: (text) => {
          events.push({ deployment: name, text });
          world.tell(name, () => `event ${text.slice(0, 120)}`);
        },
        onFreed: (freed) => {
          if (isHeld(facts, deployment, freed))
            facts.fail('S6', `the place of ${freed} was freed while it exists`);
        },
      },
    });
    const watch = viewChecks(facts, deployment);
    deployments.push(deployment);
  }
  cloud.record.listener = cloudChecks(facts);
  world.straggler.isRipe = () => hasGroupPastUnknown(world, cloud);
  return run;
}

/** Whether a program runs in a group so old that a sweep which knows no row for it deletes it. */
function hasGroupPastUnknown(world: World, { record }: Platforms): boolean {
  const before = world.now() - world.times.unknownWorkloadS * 1000;
  return record.groups.some(
    ({ createdAt, runs }) => createdAt < before && runs.some(({ endedAt }) => endedAt === undefined),
  );
}

/** The same faults and people, with the members of one array for their jobs. */
function withArray(world: World, run: Run, members: number, stormMs: number): ArrayFacts | undefined {
  const [ours] = run.deployments;
  if (ours === undefined) return undefined;
  const array = submitAnArray(world, ours, members, Math.min(stormMs / 2, 300_000), run);
  run.onChange = watchLimit(run.facts, array);
  run.patienceMs += members * MEMBER_MS;
  disturb(world, run, stormMs);
  return array;
}

function populate(world: World, run: Run, stormMs: number): void {
  const { random } = world;
  const { placements } = run.compute;
  const hasApps = placements.some(({ backend }) => backend === 'container-apps');
  const among = hasApps ? placements.map(({ name }) => name) : undefined;
  const [byName] = placements.flatMap(({ name, gpus }) =>
    gpus.flatMap(({ sku, onlyByName }) => (onlyByName === true ? [{ placement: name, sku }] : [])),
  );
  for (const deployment of run.deployments) {
    const jobs = deployment.name === 'our' ? random.pick([3, 3, 3, 3, 3, 4]) : 1;
    for (let index = 0; index < jobs; index += 1) {
      const submission = randomSubmission(world, index, Math.min(stormMs / 2, 300_000), among, byName);
      const { key, valid } = submission;
      const submitted: Submitted = { deployment: deployment.name, key, valid, answers: [], queued: false };
      run.submitted.push(submitted);
      follow(world, deployment, submission, submitted, run);
    }
  }
  disturb(world, run, stormMs);
}

function disturb(world: World, run: Run, stormMs: number): void {
  breakThings(world, run, stormMs);
  meddle(world, run, stormMs);
  sweepByHand(world, run.deployments, stormMs);
  loseRows(world, run, stormMs);
  ambush(world, run, stormMs);
}

function tickEveryMinute(world: World, deployment: Deployment): void {
  const { random } = world;
  const tick = (): void => {
    world.later(MINUTE_MS, tick);
    for (let hosts = random.chance(0.1) ? 2 : 1; hosts > 0; hosts -= 1) {
      const host = deployment.anyHost();
      if (host !== undefined) world.later(random.int(0, 2_000), () => void deployment.tick(host));
    }
  };
  world.later(random.int(1_000, MINUTE_MS), tick);
}

async function untilRest(world: World, run: Run): Promise<void> {
  let audits = world.now();
  const rest = createRest(run.facts);
  for (;;) {
    await drained();
    world.time.runNext(Number.MAX_SAFE_INTEGER);
    if (world.now() - audits < MINUTE_MS) continue;
    audits = world.now();
    run.audit.look();
    if (run.violations.length > 20 || audits > run.calmAt + run.patienceMs) return;
    if (rest.isOver()) return;
  }
}

/** Waits until all that follows from what has happened is done: Azure's client waits for immediates, too. */
function drained(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
