// The whole app on one host in virtual time: real activities, dispatcher and tick over emulated regions and over any
// other kind of compute. Nothing fails unless a test makes it fail.
import type { JobView } from '../../../api/jobs';
import { jobView } from '../../../api/views/job-view';
import { createAciBackend } from '../../../backends/aci/aci-backend';
import type { AciPlacement } from '../../../backends/aci/placement';
import type { BackendFacts } from '../../../domain/backend/backend-facts';
import { createPace } from '../../../domain/placement/pace';
import type { Placement } from '../../../domain/placement/placement';
import { type ComputeBackend, CONTAINER_NAME } from '../../../domain/ports/compute-backend';
import type { JobSpec } from '../../../domain/spec/job-spec';
import { submit } from '../../../jobs/job/submit';
import { dispatch } from '../../../jobs/placement/dispatch';
import { createQuotaReadings } from '../../../jobs/placement/quota-readings';
import type { Ports } from '../../../jobs/ports';
import type { AciEmulator } from '../../../standins/aci/emulator';
import type { VirtualTime } from '../../../standins/kernel/virtual-time';
import { onCommit, type TestApp } from '../app/test-app';
import { armClients } from '../arm-clients';
import { testFacts, testPlacement } from '../placements';
import { startTestHost, type TestHost } from './host';
import { createRegion, type Region, type RegionParts } from './region';
import { durableStories, plainStories } from './stories';
import { createVirtualWorld, type VirtualWorld } from './virtual-world';

/** One placement a region, in this order, each with an emulator of its own. */
export type Regions = Readonly<Record<string, RegionParts & { readonly placement?: Partial<AciPlacement> }>>;

export interface WorldParts {
  /** Placements on other kinds of compute; jobs try them before the regions. */
  readonly elsewhere?: (time: VirtualTime) => readonly Elsewhere[];
  /**
   * Whether stories run in the Durable engine, with their history and its replay. Default: in a plain loop, which is
   * faster.
   */
  readonly durable?: boolean;
  /** The ports of one activity. */
  readonly around?: (ports: Ports) => Ports;
}

interface Elsewhere {
  readonly placement: Placement;
  readonly backend: ComputeBackend;
  readonly facts: BackendFacts;
}

export interface TestWorld extends Pick<VirtualWorld, 'time' | 'now'>, TestHost {
  readonly regions: ReadonlyMap<string, Region>;
  readonly emulators: ReadonlyMap<string, AciEmulator>;
  /** Submits a job, dispatches, and returns its id. Throws if it is not accepted. */
  submit(spec: JobSpec, key?: string): Promise<string>;
  /** Lets so much virtual time pass; stories, kicks and minute ticks run in it. */
  pass(ms: number): Promise<void>;
  /** Runs everything that is due by then (epoch milliseconds), or until `isOver`. */
  runUntil(until: number, isOver?: () => boolean): Promise<void>;
  /** Lets time pass until the job is as wanted. Throws if it isn't within `limitMs`. */
  until(jobId: string, wanted: (job: JobView) => boolean, limitMs: number): Promise<JobView>;
  view(jobId: string): Promise<JobView>;
  /** The archived text of an attempt. */
  logOf(jobId: string, attempt?: number): Promise<string>;
}

export const GPU_JOB: JobSpec = { image: 'example/program:1', gpu: { count: 1, sku: 'V100' } };
const ALL_BYTES = 1_000_000;

export async function createTestWorld(
  regions: Regions,
  { elsewhere = () => [], durable = false, around = (ports) => ports }: WorldParts = {},
): Promise<TestWorld> {
  const world = createVirtualWorld(1);
  const { clock } = world.time;
  const others = elsewhere(world.time);
  const onAci = Object.entries(regions).map(([name, parts]) => ({
    placement: testPlacement({ name, ...parts.placement }),
    region: createRegion(world.time, parts),
  }));
  const placements = [...others, ...onAci].map(({ placement }) => placement);
  const pace = createPace(clock, (name) => factsOf(name).traits.requests);
  const backends = new Map(others.map(({ placement, backend }) => [placement.name, backend]));
  for (const { placement, region } of onAci) {
    const clients = armClients(region.handle);
    const backend = createAciBackend(
      placement,
      () => clients,
      (report) => pace.onPace(placement.name, report),
    );
    backends.set(placement.name, backend);
  }
  const backendOf = (name: string): ComputeBackend => {
    const backend = backends.get(name);
    if (backend === undefined) throw new Error(`There is no placement ${name}.`);
    return backend;
  };
  const regionFacts = testFacts(onAci.map(({ placement }) => placement));
  const factsOf = (name: string): BackendFacts =>
    others.find(({ placement }) => placement.name === name)?.facts ?? regionFacts(name);
  const quotas = createQuotaReadings({ clock, placements, backendOf, factsOf, pause: world.sleep });
  const host = await startTestHost({
    world,
    tell: durable ? durableStories : plainStories,
    compute: { placements, backendOf, factsOf, pace, quotas },
    around,
  });
  return {
    ...host,
    ...inWorld(world, host.ports, countCommits(host.app)),
    time: world.time,
    now: () => world.now(),
    runUntil: (until, isOver) => world.runUntil(until, isOver),
    pass: (ms) => world.runUntil(world.now() + ms),
    regions: new Map(onAci.map(({ placement, region }) => [placement.name, region])),
    emulators: new Map(onAci.map(({ placement, region }) => [placement.name, region.emulator])),
  };
}

/** How many writes of rows there have been. */
function countCommits(app: TestApp): () => number {
  let commits = 0;
  onCommit(app, (n, write) => {
    commits = n;
    return write();
  });
  return () => commits;
}

/** What a test does with jobs. `commits` tells when a look at one is worth while. */
function inWorld(
  world: VirtualWorld,
  ports: TestHost['ports'],
  commits: () => number,
): Pick<TestWorld, 'submit' | 'until' | 'view' | 'logOf'> {
  const view = async (jobId: string): Promise<JobView> => {
    const records = await ports.jobs.read(jobId);
    if (records === undefined) throw new Error(`There is no job ${jobId}.`);
    return jobView(records);
  };
  return {
    view,
    submit: async (spec, key = 'key') => {
      const submitted = await submit(ports, { spec, key, source: 'http' });
      if (submitted.kind !== 'accepted') throw new Error(`Not accepted: ${JSON.stringify(submitted)}`);
      await dispatch(ports);
      return submitted.jobId;
    },
    until: async (jobId, wanted, limitMs) => {
      const until = world.now() + limitMs;
      for (;;) {
        const job = await view(jobId);
        if (wanted(job)) return job;
        if (world.now() >= until)
          throw new Error(
            `Job ${jobId} is not as wanted after ${limitMs} ms: ${JSON.stringify(job, null, 1)}`,
          );
        const before = commits();
        await world.runUntil(until, () => commits() > before);
      }
    },
    logOf: async (jobId, attempt = 1) => {
      const ref = { jobId, attempt, container: CONTAINER_NAME };
      return (await ports.logArchive.read(ref, 0, ALL_BYTES)).bytes.toString();
    },
  };
}
