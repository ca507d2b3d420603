// Makes the jobs of a group, any number of times the same ones; a process that dies half way is continued by the next
// tick (protocol §2.8).
import { membersOf } from '../../domain/group/array';
import { type GroupRow, memberJobId } from '../../domain/group/group';
import type { Member } from '../../domain/group/member';
import { memberSpec } from '../../domain/group/member-spec';
import type { Owner } from '../../domain/owner';
import type { JobSpec } from '../../domain/spec/job-spec';
import { literalSecrets } from '../../domain/spec/spec-hash';
import { allAtOnce } from '../flow/all-at-once';
import { type StoredJob, storeJob } from '../job/store-job';
import type { InvocationPorts, SubmitPorts } from '../ports';
import { cancelMembers } from './cancel-group';

export type MakePorts = SubmitPorts & InvocationPorts;

/** How many members are stored at the same time. */
const AT_ONCE = 16;

/** `void`: another job has the group's key. */
export type Made = 'made' | 'void';

/**
 * Resolves when every member's row is stored. Rejects with RetryableError, after which it may be called again.
 * `onBegun` is called when the first is stored: from then on the group does not become void any more.
 */
export async function makeMembers(
  ports: MakePorts,
  groupId: string,
  onBegun: () => void = () => undefined,
): Promise<Made> {
  const group = (await ports.groups.read(groupId))?.group.row;
  if (group === undefined) return 'void';
  if (group.state === 'making') {
    const made = await makeAll(ports, group, onBegun);
    await end(ports, groupId, made);
    return made;
  }
  await letGo(ports, groupId);
  return group.state;
}

async function makeAll(ports: MakePorts, group: GroupRow, onBegun: () => void): Promise<Made> {
  const { groupId } = group;
  const owner = await ports.owner.get();
  const spec = await specWithSecrets(ports, group);
  // Another process has made all members meanwhile and let the secrets go.
  if (spec === undefined) return 'made';
  const members = membersOf(spec.array ?? {});
  const isOurs = async (member: Member, place: number): Promise<boolean> => {
    const stored = await storeMember(ports, owner, group, spec, member, place);
    if (stored.kind === 'accepted') return true;
    // A member stays one, whatever an earlier version has made its spec of.
    return (await ports.jobs.read(stored.jobId))?.job.row.group?.id === groupId;
  };
  const [first, ...others] = members;
  // The first alone: it has the id of a single job of the same key. Where that is another job, no member is made.
  if (first === undefined || !(await isOurs(first, 0))) return 'void';
  onBegun();
  await allAtOnce(AT_ONCE, [...others.entries()], async ([at, member]) => {
    if (!(await isOurs(member, at + 1)))
      ports.log.error(`Group ${groupId} has no member ${member.index}: another job has its id.`);
  });
  // Read after the last insert: a cancel that is inserted later finds every member.
  if ((await ports.groups.read(groupId))?.cancel !== undefined) await cancelMembers(ports, group);
  return 'made';
}

function storeMember(
  ports: MakePorts,
  owner: Owner,
  group: GroupRow,
  spec: JobSpec,
  member: Member,
  place: number,
): Promise<StoredJob> {
  const { groupId, members, submittedAt, atOnce: most } = group;
  const { index, parameters } = member;
  return storeJob(ports, owner, {
    jobId: memberJobId(groupId, owner.id, { place, index }),
    spec: memberSpec(spec, { id: groupId, size: members }, member),
    source: group.source,
    group: {
      id: groupId,
      index,
      ...(Object.keys(parameters).length === 0 ? {} : { parameters: { ...parameters } }),
      ...(most === undefined ? {} : { atOnce: most }),
    },
    placements: group.placements,
    passedOver: group.passedOver,
    submittedAt,
    // A millisecond apart, so that they are admitted in the order of their indexes, and none in the future.
    notBefore: submittedAt - (members - 1 - place),
  });
}

/** The spec as it was submitted; undefined where its literal secrets are held no longer. */
async function specWithSecrets(ports: MakePorts, group: GroupRow): Promise<JobSpec | undefined> {
  const stored = await ports.specs.get(group.specHash);
  const names = Object.keys(literalSecrets(stored));
  if (names.length === 0) return stored;
  const held = await ports.heldSecrets.get(group.groupId, group.specHash);
  if (names.some((name) => held[name] === undefined)) return undefined;
  const secrets = Object.entries(held).map(([name, secure]) => [name, { secure }] as const);
  return { ...stored, env: { ...stored.env, ...Object.fromEntries(secrets) } };
}

/** The row first: whoever finds the index entry then makes nothing any more. */
async function end(ports: MakePorts, groupId: string, state: Made): Promise<void> {
  const records = await ports.groups.read(groupId);
  if (records?.group.row.state === 'making')
    // Another process has written the same.
    await ports.groups.write({ ...records.group.row, state }, records.group.etag);
  await letGo(ports, groupId);
}

async function letGo(ports: MakePorts, groupId: string): Promise<void> {
  await ports.heldSecrets.remove(groupId);
  await ports.hints.removeUnfinished(groupId);
}
