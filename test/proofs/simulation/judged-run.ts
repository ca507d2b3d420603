// A run without people and faults, for tests of its judge. Its platforms are set up by hand, and what falls is kept.
import { tagsOf } from '../../../backends/arm/resource-tags';
import type { AttemptRow } from '../../../domain/attempt/attempt';
import { jobIdFor, workloadName } from '../../../domain/job/names';
import type { Observation } from '../../../domain/ports/compute-backend';
import { createFaultPlan } from '../../../proofs/faults/plan';
import type { Facts } from '../../../proofs/simulation/checks/facts';
import { cloudChecks } from '../../../proofs/simulation/checks/moment-checks';
import { askOf } from '../../../proofs/simulation/cloud/arm-request';
import { Cloud, RESOURCE_GROUP } from '../../../proofs/simulation/cloud/cloud';
import { CloudRecord } from '../../../proofs/simulation/cloud/cloud-record';
import { Platforms } from '../../../proofs/simulation/cloud/platforms';
import { TwoStepCloud } from '../../../proofs/simulation/cloud/two-step-cloud';
import { type Program, PROGRAM_VARIABLE } from '../../../proofs/simulation/users/program';
import { createCompute } from '../../../proofs/simulation/world/compute';
import { Deployment } from '../../../proofs/simulation/world/deployment';
import { createStraggler } from '../../../proofs/simulation/world/straggler';
import { createWorld, type World } from '../../../proofs/simulation/world/world';
import { createRandom } from '../../../standins/kernel/random';
import { advance } from '../../support/advance';
import { SUBSCRIPTION } from '../../support/placements';
import { attemptRow, jobRow } from '../../support/rows';
import type { Definition } from '../../two-step/two-step-api';
import { telling } from './telling';

const DAY_MS = 24 * 3_600_000;
const OURS = 'our';
const IN_GROUP = `/subscriptions/${SUBSCRIPTION}/resourceGroups/${RESOURCE_GROUP}`;
const GROUPS = `https://management.azure.com${IN_GROUP}/providers/Microsoft.ContainerInstance/containerGroups`;

export interface JudgedRun {
  readonly world: World;
  readonly facts: Facts;
  /** Container Instances, and the platform in two steps. */
  readonly cloud: Cloud;
  readonly other: TwoStepCloud;
  /** The workload of the run's only job, and the tags that its create gives it. */
  readonly name: string;
  readonly tags: Readonly<Record<string, string>>;
  /** The code of each promise that fell. */
  readonly fallen: readonly string[];
  /** A process of ours looks, creates and deletes on Container Instances; the status that it is answered. */
  look(): number;
  /** A look of a story shows this now. */
  tell(observation: Observation): Promise<void>;
  create(cpu?: number): number;
  remove(): number;
  /** What our preparation on the platform in two steps asks for. */
  definition(program: Program): Definition;
  /** Lets so many milliseconds pass. */
  pass(ms: number): void;
  /** Stores the job's only attempt with this row. */
  say(row: Partial<AttemptRow>): Promise<void>;
}

/** A deployment whose job has its attempt admitted, its place held, and nothing created yet. */
export async function aJudgedRun(): Promise<JudgedRun> {
  const random = createRandom(1);
  const plan = createFaultPlan(random, { rate: 0, aim: () => undefined, most: 0 });
  plan.calm();
  const world = createWorld(random, plan, createStraggler(random, plan, undefined), false);
  const cloud = new Cloud(world, new CloudRecord(world));
  const other = new TwoStepCloud(world, new CloudRecord(world));
  const deployment = aDeployment(world);
  const { stores } = deployment;
  const owner = (await stores.owner.get()).id;
  await deployment.start();
  const jobId = jobIdFor(owner, 'key');
  const name = workloadName(jobId, 1);
  await stores.jobs.insert(jobRow({ jobId, owner, state: 'active', attempt: 1 }));
  await stores.jobs.commit(jobId, [{ kind: 'insert-attempt', row: attemptRow({ jobId }) }]);
  const place = await stores.placementRows.read('one');
  const holders = { [name]: { cores: 0, since: world.now() } };
  await stores.placementRows.write({ ...place.row, holders }, place.etag);

  const fallen: string[] = [];
  const facts: Facts = {
    world,
    cloud: new Platforms(world, [cloud, other], []),
    deployments: [deployment],
    submitted: [],
    events: [],
    canceled: new Set<string>(),
    logLines: [],
    calmAt: () => world.startedAt,
    fail: (code) => fallen.push(code),
  };
  facts.cloud.record.listener = cloudChecks(facts);
  const ref = { name, placement: 'one', owner, jobId, attempt: 1 };
  const tags = tagsOf(ref, world.now(), world.now() + DAY_MS);
  const send = (method: string, body?: unknown): number => {
    const url = new URL(`${GROUPS}/${name}?api-version=2023-05-01`);
    const request = { method, url, headers: {}, body: Buffer.from(JSON.stringify(body ?? {})) };
    return cloud.perform(OURS, askOf(request), request).status;
  };
  return {
    world,
    facts,
    cloud,
    other,
    name,
    tags,
    fallen,
    look: () => {
      const status = send('GET');
      cloud.record.looked('process', name, status === 404);
      return status;
    },
    tell: async (observation) => {
      await stores.looks
        .watch(
          () => telling(observation),
          world,
        )('one')
        .observe(ref);
    },
    create: (cpu = 1) => {
      cloud.record.putSent(OURS, 'process', name);
      return send('PUT', groupOf(tags, cpu));
    },
    remove: () => send('DELETE'),
    definition: (program) => ({
      marks: tags,
      image: 'some/program',
      command: [],
      args: [],
      environment: { [PROGRAM_VARIABLE]: JSON.stringify(program) },
      cpu: 1,
    }),
    pass: (ms) => advance(world.time, ms),
    say: async (row) => {
      const read = (await stores.jobs.read(jobId))?.attempts[0];
      if (read === undefined) throw new Error(`The attempt of ${jobId} has no row.`);
      await stores.jobs.commit(jobId, [
        { kind: 'replace-attempt', row: { ...read.row, ...row }, etag: read.etag },
      ]);
    },
  };
}

function aDeployment(world: World): Deployment {
  return new Deployment({
    world,
    name: OURS,
    compute: createCompute(world, ['two-step']),
    hosts: 1,
    pollFloorMs: 20_000,
    onLog: () => undefined,
    onTerminated: () => undefined,
    listeners: { onChange: () => undefined, onEvent: () => undefined, onFreed: () => undefined },
  });
}

/** As large as what the run's strangers make by hand, where `cpu` is 1. */
function groupOf(tags: Readonly<Record<string, string>>, cpu: number): unknown {
  return {
    location: 'eastus',
    tags,
    properties: {
      osType: 'Linux',
      restartPolicy: 'Never',
      containers: [
        {
          name: 'main',
          properties: { image: 'some/program', resources: { requests: { cpu, memoryInGB: 1 } } },
        },
      ],
    },
  };
}
