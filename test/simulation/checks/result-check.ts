// R1: the outcome is the program's own, and says of an attempt's end only what was so.
import { workloadName } from '../../../domain/job-id';
import type { JobView } from '../../../domain/job-view';
import type { GroupFacts } from '../cloud-record';
import type { Deployment } from '../deployment';
import { enteredAt, type Facts, owned } from './facts';
import { SKEW_MS } from './removal-check';

/** R1: an exit code is one that the program ended with; a program's own end is not taken for the platform's failure. */
export function checkResult(facts: Facts, deployment: Deployment, view: JobView): void {
  for (const attempt of view.attempts) {
    const group = facts.cloud.record.group(workloadName(view.id, attempt.number));
    const runs = group !== undefined && owned(facts, group.tags)?.deployment === deployment ? group.runs : [];
    const name = workloadName(view.id, attempt.number);
    if (attempt.exitCode !== undefined && !runs.some(({ exitCode }) => exitCode === attempt.exitCode))
      facts.fail(
        'R1',
        `${name} says exit code ${attempt.exitCode}, its program ended with ${runs[0]?.exitCode ?? 'none'}`,
      );
    const endedAt = runs[0]?.endedAt;
    const cutAt = Math.min(group?.deletedAt ?? Infinity, group?.lostAt ?? Infinity);
    const endedItself =
      endedAt !== undefined && endedAt < cutAt && endedAt < (enteredAt(attempt, 'archiving') ?? 0) - 5_000;
    const code = attempt.reason?.code ?? '';
    const isWrong = ['lost', 'image-pull', 'image-not-found', 'capacity', 'refused', 'throttled'].includes(
      code,
    );
    if (endedItself && group?.lostAt === undefined && isWrong)
      facts.fail('R1', `${name} says ${code}, its program had ended with ${runs[0]?.exitCode ?? '?'}`);
    if (
      code === 'given-up' &&
      attempt.reason?.message.includes('left no workload') === true &&
      isOwn(group, view.id) &&
      group?.lostAt === undefined
    )
      facts.fail('R1', `${name} says that its create left no workload, and it did`);
    const verdictAt = enteredAt(attempt, 'archiving') ?? 0;
    const expiresAt = (group === undefined ? undefined : owned(facts, group.tags)?.expiresAt) ?? Infinity;
    if (['lost', 'given-up'].includes(code) && verdictAt >= expiresAt + SKEW_MS)
      facts.fail('R1', `${name} says ${code}, and it had expired: it is timed out`);
    if (
      code === 'lost' &&
      group !== undefined &&
      group.lostAt === undefined &&
      group.tags['gpu-jobs-job'] === view.id
    )
      facts.fail(
        'R1',
        `${name} is said to be lost; it ${group.deletedAt === undefined ? 'was not' : 'was deleted'}`,
      );
  }
  if (view.outcome === 'Canceled' && !facts.canceled.has(view.id))
    facts.fail('R1', `${view.id} is Canceled, and nobody asked for it`);
  const last = view.attempts.at(-1);
  if (view.outcome === 'Succeeded' && last?.exitCode !== 0)
    facts.fail('R1', `${view.id} is Succeeded, its last attempt is not`);
}

function isOwn(group: GroupFacts | undefined, jobId: string): boolean {
  return group?.tags['gpu-jobs-job'] === jobId;
}
