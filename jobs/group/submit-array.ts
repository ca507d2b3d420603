// Submits an array: any number of times, one group with the same jobs (protocol §2.8, I5).
import { messageOf } from '../../domain/errors';
import { membersOf } from '../../domain/group/array';
import { groupIdFor, type GroupRow } from '../../domain/group/group';
import { memberSpec } from '../../domain/group/member-spec';
import { jobIdFor } from '../../domain/job/names';
import type { JobSpec } from '../../domain/spec/job-spec';
import { literalSecrets, specHash, withoutLiteralSecrets } from '../../domain/spec/spec-hash';
import { hasSecrets } from '../job/store-job';
import { type Able, type Refused, type Submission, whereAble } from '../job/submit';
import { makeMembers, type MakePorts } from './make-members';

export type ArrayResult =
  | { readonly kind: 'accepted'; readonly groupId: string; readonly members: number }
  /** The key has made another group, or a single job. */
  | { readonly kind: 'conflict'; readonly id: string }
  | Refused;

/**
 * How long an answer waits for the members to be stored, milliseconds. A client waits for a minute, and the platform's
 * own gateway for less than four. Where storage is slow the rest goes on behind the answer.
 */
const ANSWER_WITHIN_MS = 20_000;

/**
 * For a spec with an array that has passed `arrayProblems`. Resolves when every member is stored, or the group and its
 * first member are and our patience is over: then this process goes on, and the tick does if it dies. Rejects with
 * RetryableError, after which the same call may be repeated.
 */
export async function submitArray(ports: MakePorts, submission: Submission): Promise<ArrayResult> {
  const { spec, key, source } = submission;
  const members = membersOf(spec.array ?? {});
  const [first] = members;
  if (first === undefined) throw new Error('An array without members was submitted.');
  const owner = await ports.owner.get();
  const groupId = groupIdFor(owner.id, key);
  // Members differ in nothing that a policy or a placement asks for.
  const able = whereAble(ports, memberSpec(spec, { id: groupId, size: members.length }, first));
  if (able.kind !== 'able') return able;
  const stored = withoutLiteralSecrets(spec, owner.key);
  const hash = specHash(stored);
  const single = { kind: 'conflict', id: jobIdFor(owner.id, key) } as const;

  let known = (await ports.groups.read(groupId))?.group.row;
  if (known === undefined) {
    if ((await ports.jobs.read(single.id)) !== undefined) return single;
    const row = newGroup({ groupId, owner: owner.id, hash, spec, source, able, now: ports.clock.now() });
    known = await begin(ports, row, { stored, secrets: literalSecrets(spec) });
  }
  if (known.specHash !== hash) return { kind: 'conflict', id: groupId };
  if ((await madeOrGoingOn(ports, groupId)) === 'void') return single;
  return { kind: 'accepted', groupId, members: members.length };
}

async function madeOrGoingOn(ports: MakePorts, groupId: string): Promise<'made' | 'void' | 'going-on'> {
  return new Promise((resolve, reject) => {
    const onBegun = (): void => void ports.pause(ANSWER_WITHIN_MS).then(() => resolve('going-on'), reject);
    makeMembers(ports, groupId, onBegun).then(resolve, (error: unknown) => {
      ports.log.warn(`Group ${groupId} has members to make still; the tick goes on: ${messageOf(error)}`);
      reject(error instanceof Error ? error : new Error(messageOf(error)));
    });
  });
}

/** What the row points at and the hint that leads to it come before it [W_SPECBLOB, W_ORDER]. */
async function begin(
  ports: MakePorts,
  row: GroupRow,
  { stored, secrets }: { stored: JobSpec; secrets: Readonly<Record<string, string>> },
): Promise<GroupRow> {
  await Promise.all([
    ports.specs.put(row.specHash, stored),
    hasSecrets(secrets) ? ports.heldSecrets.put(row.groupId, row.specHash, secrets) : undefined,
    ports.hints.addJob(row.groupId),
  ]);
  if ((await ports.groups.insert(row)) === 'inserted') return row;
  return (await ports.groups.read(row.groupId))?.group.row ?? row;
}

function newGroup(of: {
  groupId: string;
  owner: string;
  hash: string;
  spec: JobSpec;
  source: GroupRow['source'];
  able: Able;
  now: number;
}): GroupRow {
  const { name, array } = of.spec;
  return {
    groupId: of.groupId,
    state: 'making',
    owner: of.owner,
    specHash: of.hash,
    members: membersOf(array ?? {}).length,
    submittedAt: of.now,
    source: of.source,
    ...(name === undefined ? {} : { name }),
    ...(array?.atOnce === undefined ? {} : { atOnce: array.atOnce }),
    placements: [...of.able.placements],
    passedOver: [...of.able.passedOver],
  };
}
