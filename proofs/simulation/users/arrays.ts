// The people of a run with an array: one submits it, perhaps again, and perhaps cancels the whole group.
import { groupIdFor, memberJobId } from '../../../domain/group/group';
import { reason } from '../../../domain/job/failure-reason';
import { parseJobSpec } from '../../../domain/spec/job-spec';
import { policyProblems } from '../../../domain/spec/submission-rules';
import { cancelGroup } from '../../../jobs/group/cancel-group';
import { submitArray } from '../../../jobs/group/submit-array';
import { reject } from '../../../jobs/job/reject';
import { dispatchUnlessDraining } from '../../../jobs/placement/dispatch-unless-draining';
import type { Facts, Submitted } from '../checks/facts';
import type { ArrayFacts } from '../checks/group-check';
import type { Deployment } from '../world/deployment';
import type { HostPorts } from '../world/host';
import type { World } from '../world/world';
import { persist } from './people';
import { PROGRAM_VARIABLE, VARIANT_VARIABLE } from './program';
import { SECRET } from './submissions';

const KEY = 'array';

/** Submits one array of so many members. What becomes of it is kept in what is returned. */
export function submitAnArray(
  world: World,
  deployment: Deployment,
  members: number,
  withinMs: number,
  run: {
    readonly submitted: Submitted[];
    readonly canceled: Set<string>;
    readonly facts: Pick<Facts, 'fail'>;
  },
): ArrayFacts {
  const { random } = world;
  const door = random.pick(['http', 'http', 'queue'] as const);
  const atOnce = random.chance(0.25) ? undefined : random.int(2, 3);
  const body = arraySpec(world, members, atOnce, door);
  const submitted: Submitted = {
    deployment: deployment.name,
    key: KEY,
    valid: true,
    answers: [],
    queued: door === 'queue',
  };
  run.submitted.push(submitted);
  const array: ArrayFacts = { deployment, members, atOnce, groupIds: new Set(), canceledAt: undefined };
  const send = (): void =>
    persist(
      world,
      deployment,
      (ports) => enter(ports, body, door),
      ({ groupId }) => {
        world.tell('submitter', `the array is answered: ${groupId}`);
        array.groupIds.add(groupId);
        // The first member has the id that a single job of the key would have.
        submitted.answers.push({ kind: 'accepted', jobId: `j${groupId.slice(1)}`, variant: '0' });
        if (membersOf(deployment, groupId).length === 0)
          run.facts.fail('G1', 'the array was answered before its first member was there');
      },
    );
  const at = random.int(0, withinMs);
  world.later(at, send);
  for (let again = random.int(0, 2); again > 0; again -= 1)
    world.later(at + random.int(0, random.pick([50, 60_000])), send);
  if (random.chance(0.4))
    world.later(at + random.int(0, random.pick([200, 2_000, 120_000, 900_000])), () =>
      cancelIt(world, deployment, run.canceled, array),
    );
  return array;
}

/** Ids of the jobs that are members of the group by their rows. */
function membersOf({ stores }: Deployment, groupId: string): readonly string[] {
  return stores.rows.jobIds().filter((jobId) => stores.rows.job(jobId)?.group?.id === groupId);
}

/** Cancels the group if it is there, repeating until it is answered. */
function cancelIt(world: World, deployment: Deployment, canceled: Set<string>, array: ArrayFacts): void {
  const owner = deployment.ownerId() ?? '';
  const groupId = groupIdFor(owner, KEY);
  for (let index = 0; index < array.members; index += 1)
    canceled.add(memberJobId(groupId, owner, { place: index, index }));
  world.tell('submitter', `cancels the array (${groupId})`);
  persist(
    world,
    deployment,
    async (ports) => {
      const asked = await cancelGroup(ports, groupId);
      if (asked === undefined) throw new Error('The group is not there yet.');
      return asked;
    },
    (asked) => {
      world.tell('submitter', `the cancel of the array is answered: ${asked.length} members`);
      array.canceledAt = world.now();
    },
  );
}

/** Short programs, all alike but for their index, which the platform's record shows as their variant. */
function arraySpec(world: World, members: number, atOnce: number | undefined, door: string): unknown {
  const { random, times } = world;
  const program = { runMs: random.int(1_000, 20_000), exitCode: 0, lines: 2, padding: 5 };
  return {
    image: 'registry.example/array:1',
    name: 'member-{{index}}',
    env: {
      [PROGRAM_VARIABLE]: JSON.stringify(program),
      [VARIANT_VARIABLE]: '{{index}}',
      ...(door === 'http' && random.chance(0.3) ? { TOKEN: { secure: SECRET } } : {}),
    },
    resources: { cpu: 1, memoryGb: 1 },
    deadlines: {
      queued: 86_400,
      provisioning: Math.ceil(times.unknownFateS * 1.1),
      pulling: 120,
      running: 600,
      archiving: 60,
    },
    array: { indexes: `0-${members - 1}`, ...(atOnce === undefined ? {} : { atOnce }) },
  };
}

/** Does with a body what the functions at the edge do with one that has an array. */
async function enter(
  ports: HostPorts,
  body: unknown,
  door: 'http' | 'queue',
): Promise<{ readonly groupId: string }> {
  const parsed = parseJobSpec(body, ports.times.unknownFateS);
  if (!parsed.ok) throw new Error(`The array is no spec: ${JSON.stringify(parsed.problems)}`);
  const problems = policyProblems(parsed.spec, { literalSecrets: true, vault: false, arrays: true });
  if (problems.length > 0) throw new Error(`The array is refused: ${JSON.stringify(problems)}`);
  const result = await submitArray(ports, { spec: parsed.spec, key: KEY, source: door });
  if (result.kind !== 'accepted') {
    const why = reason('invalid-spec', 'The key has made another job.');
    await reject(ports, { key: KEY, bytes: Buffer.from('{}'), reason: why, source: 'queue' });
    throw new Error(`The array was not accepted: ${JSON.stringify(result)}`);
  }
  await dispatchUnlessDraining(ports, 'chances').catch((error: unknown) =>
    ports.log.warn(`Dispatching failed: ${String(error)}`),
  );
  return { groupId: result.groupId };
}
