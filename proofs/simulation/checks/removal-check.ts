// S3: a healthy program is deleted only by a cancel, a deadline or expires-at.
import type { GroupFacts } from '../cloud/cloud-record';
import type { World } from '../world/world';
import {
  type AttemptView,
  attemptView,
  decidingLook,
  enteredAt,
  type Facts,
  type Owned,
  owned,
} from './facts';

/** How far two clocks may differ, milliseconds. The tags hold whole seconds. */
export function skewMs({ clockOffsetMs }: World): number {
  return 2 * clockOffsetMs + 2_000;
}

/**
 * If more than so many workloads without a row appear at once, and more than a fifth of all, only a person may delete
 * them.
 */
const MANY_UNKNOWN = 10;
/** Why deleting this healthy group was wrong; undefined if it was right. */
export function wrongDelete(facts: Facts, group: GroupFacts, own: Owned): string | undefined {
  const now = facts.world.now() + skewMs(facts.world);
  if (facts.canceled.has(own.jobId)) return undefined;
  if (now >= own.expiresAt) return undefined;
  const view = attemptView(own.deployment, own.jobId, own.attempt);
  if (view === undefined) return whyNotNobodys(facts, group, own, now);
  // A preparation runs nothing. It has served its purpose when its attempt has its verdict.
  if (!group.begun && enteredAt(view, 'archiving') !== undefined) return undefined;
  if (cameAfterStranger(facts, group, own, view)) return undefined;
  return whyNoDeadline(group, own, view, now, facts.world.times.unknownFateS);
}

/**
 * A look had shown a stranger's group under the name, which failed the attempt, before the job's own came (protocol
 * §4.2).
 */
function cameAfterStranger(facts: Facts, group: GroupFacts, own: Owned, view: AttemptView): boolean {
  const lookedAt = enteredAt(view, 'archiving');
  if (view.reason?.code !== 'name-taken' || lookedAt === undefined) return false;
  const sawStranger = decidingLook(own.deployment, view, group.name, 'foreign');
  return sawStranger && group.createdAt >= lookedAt - skewMs(facts.world);
}

/**
 * A workload without a row may be deleted when it is old enough, unless so many appear at once that the rows must be
 * missing (protocol §6.2).
 */
function whyNotNobodys(facts: Facts, group: GroupFacts, own: Owned, now: number): string | undefined {
  if (now - group.createdAt < facts.world.times.unknownWorkloadS * 1000)
    return 'it has no row, but is not old enough to be nobody’s';
  // As one list shows them: a sweep may have got the other platform's list long before these were there.
  const existing = facts.cloud.record.groupsBeside(group).flatMap((other) => {
    const one = owned(facts, other.tags);
    return one?.deployment === own.deployment && facts.cloud.stands(other) ? [one] : [];
  });
  const unknown = existing.filter((one) => attemptView(one.deployment, one.jobId, one.attempt) === undefined);
  return unknown.length > MANY_UNKNOWN && unknown.length > existing.length / 5
    ? `${unknown.length} of ${existing.length} have no row, which a person must look at first`
    : undefined;
}

function whyNoDeadline(
  group: GroupFacts,
  own: Owned,
  view: AttemptView,
  now: number,
  unknownFateS: number,
): string | undefined {
  const deadlines = own.deployment.stores.rows.job(own.jobId)?.plan?.deadlines;
  if (deadlines === undefined) return 'its job has no plan';
  const admittedAt = enteredAt(view, 'provisioning') ?? group.createdAt;
  const since = (from: number | undefined, limitS: number): boolean =>
    from !== undefined && now - from >= limitS * 1000;
  const provisioningS = Math.max(deadlines.provisioning, unknownFateS);
  const early = (what: string, from: number | undefined, limitS: number): string | undefined =>
    since(from, limitS) ? undefined : `its ${what} had not passed`;
  const code = view.reason?.code;
  // The platform says at once that a quota is too small for it, whoever uses what.
  if (code === 'quota' && group.failureShown) return undefined;
  // What it lacked until its provisioning deadline names the end of an attempt, not only the deadline.
  if (['provisioning-deadline', 'capacity', 'quota'].includes(code ?? ''))
    return early('provisioning deadline', admittedAt, provisioningS);
  if (code === 'pulling-deadline') return early('pulling deadline', group.createdAt, deadlines.pulling);
  if (code === 'running-deadline')
    return early('running deadline', group.runs[0]?.startedAt, deadlines.running);
  if (code === 'given-up' && decidingLook(own.deployment, view, group.name, 'unreadable'))
    return early('time unread', admittedAt, provisioningS);
  return `its attempt says ${code ?? 'nothing'}`;
}
