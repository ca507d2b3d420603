// What must hold of an array: each member once and as its index says (G1), no more at once than it allows (G2), and
// nothing begun once its cancel was answered (G3).
import { workloadName } from '../../../domain/job/names';
import type { Deployment } from '../world/deployment';
import { type Facts, owned } from './facts';

/** What is known of the run's array from outside. */
export interface ArrayFacts {
  readonly deployment: Deployment;
  readonly members: number;
  readonly atOnce: number | undefined;
  /** The groups that its submitter was told. */
  readonly groupIds: Set<string>;
  /** When the cancel of the whole group was answered, epoch milliseconds. */
  canceledAt: number | undefined;
}

/** Called at each change that can be seen: counts the workloads that were never gone. */
export function watchLimit(facts: Pick<Facts, 'fail'>, array: ArrayFacts): () => void {
  const gone = new Set<string>();
  return () => {
    if (array.atOnce === undefined) return;
    const { rows } = array.deployment.stores;
    const alive = rows.jobIds().flatMap((jobId) => {
      if (rows.job(jobId)?.group === undefined) return [];
      return (rows.view(jobId)?.attempts ?? []).flatMap(({ number, cleanup }) => {
        const name = workloadName(jobId, number);
        if (cleanup === 'gone') gone.add(name);
        return gone.has(name) ? [] : [name];
      });
    });
    if (alive.length > array.atOnce)
      facts.fail('G2', `${alive.length} members are alive, at most ${array.atOnce} may: ${alive.join(', ')}`);
  };
}

export async function checkGroup(facts: Facts, array: ArrayFacts): Promise<void> {
  const { deployment, members, groupIds, canceledAt } = array;
  const { rows, hints } = deployment.stores;
  if (groupIds.size !== 1) facts.fail('G1', `the array was answered with ${groupIds.size} groups`);
  const jobs = rows.jobIds().flatMap((jobId) => rows.job(jobId) ?? []);
  const ours = jobs.filter(({ group }) => group !== undefined);
  const indexes = ours.map(({ group }) => group?.index ?? -1).sort((a, b) => a - b);
  if (indexes.length !== members || indexes.some((index, at) => index !== at))
    facts.fail('G1', `an array of ${members} has ${indexes.length} members: ${indexes.join(' ')}`);
  for (const { jobId, group, outcome } of ours) {
    // By the platform's own record, whatever the rows say.
    const made = facts.cloud.record.groups.filter(({ tags }) => owned(facts, tags)?.jobId === jobId);
    const ran = made.filter(({ runs }) => runs.length > 0);
    if (ran.length > 1) facts.fail('G1', `member ${group?.index ?? '?'} ran ${ran.length} times`);
    if (outcome === 'Succeeded' && ran.length !== 1)
      facts.fail('G1', `member ${group?.index ?? '?'} succeeded, and its program ran ${ran.length} times`);
    const other = made.find(({ variant }) => variant !== undefined && variant !== String(group?.index));
    if (other !== undefined)
      facts.fail('G1', `member ${group?.index ?? '?'} was told that it is ${other.variant ?? '?'}`);
    const late = (rows.view(jobId)?.attempts ?? []).filter(
      ({ phases }) =>
        canceledAt !== undefined &&
        Date.parse(phases['provisioning'] ?? '') > canceledAt + facts.world.clockOffsetMs,
    );
    if (late.length > 0)
      facts.fail('G3', `member ${group?.index ?? '?'} began after the cancel of its group was answered`);
  }
  if ((await hints.listUnfinished()).some((id) => id.startsWith('g')))
    facts.fail('L3', 'a group is still in the index');
}
