// Cancels a group: the wish is stored first, so that what is made or admitted later is canceled too (protocol §5.4).
import { membersOf } from '../../domain/group/array';
import { type GroupRow, memberJobId } from '../../domain/group/group';
import { MOST_MEMBERS } from '../../domain/group/member';
import { allAtOnce } from '../flow/all-at-once';
import { cancel } from '../job/cancel';
import type { GroupPorts } from '../ports';

/** How many members are canceled at the same time. */
const AT_ONCE = 16;

/** Any number of times. Resolves to the members that were canceled or asked to end; undefined: no such group. */
export async function cancelGroup(
  ports: GroupPorts,
  groupId: string,
): Promise<readonly string[] | undefined> {
  const group = (await ports.groups.read(groupId))?.group.row;
  if (group === undefined) return undefined;
  await ports.groups.insertCancel({ groupId, at: ports.clock.now() });
  return cancelMembers(ports, group);
}

/** Those that are not over. A member that is not made yet is canceled when it is. */
export async function cancelMembers(ports: GroupPorts, group: GroupRow): Promise<readonly string[]> {
  const { groupId, owner, specHash } = group;
  if (group.state === 'void') return [];
  const { array = {} } = await ports.specs.get(specHash);
  // What the lists say may be older than the rows, but no job that is over goes on.
  const { jobs } = await ports.lists.page({ listing: { kind: 'group', id: groupId } }, MOST_MEMBERS);
  const over = new Set(jobs.filter(({ outcome }) => outcome !== undefined).map(({ id }) => id));
  const ids = membersOf(array)
    .map(({ index }, place) => memberJobId(groupId, owner, { place, index }))
    .filter((id) => !over.has(id));
  const canceled = await allAtOnce(AT_ONCE, ids, async (id) => {
    const result = await cancel(ports, id);
    return result === 'canceled' || result === 'requested' ? [id] : [];
  });
  return canceled.flat();
}
