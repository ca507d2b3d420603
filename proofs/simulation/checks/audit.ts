// The promises about time, checked every minute: groups don't outlive their need or their tags, and no job waits for
// ever.
import type { GroupFacts } from '../cloud/cloud-record';
import type { Deployment } from '../world/deployment';
import { leftoversMs } from '../world/life';
import { attemptView, enteredAt, type Facts, type Owned, owned } from './facts';

/** How long a group may outlive its tags (I2): two minutes, and the minute between two ticks. */
const TAGS_BOUND_MS = 3 * 60_000;
/**
 * How long a group may outlive its need. A hung story is silent for five minutes and one poll before the sweep takes
 * over.
 */
const NEED_BOUND_MS = 10 * 60_000;

export interface Worst {
  /**
   * How long a group lived on after its attempt's end, and after its tags' expiry, milliseconds; measured while no
   * fault had an effect.
   */
  afterJob: number;
  afterTags: number;
}

export function createAudit(facts: Facts): { readonly worst: Worst; look(): void } {
  const worst: Worst = { afterJob: 0, afterTags: 0 };
  return {
    worst,
    look: () => {
      const now = facts.world.now();
      for (const group of facts.cloud.record.groups) {
        const own = owned(facts, group.tags);
        if (own === undefined || !facts.cloud.stands(group)) continue;
        auditGroup(facts, group, own, now, worst);
      }
      for (const deployment of facts.deployments) auditJobs(facts, deployment, now);
    },
  };
}

function auditGroup(facts: Facts, group: GroupFacts, own: Owned, now: number, worst: Worst): void {
  const quietSince = Math.max(settledAt(facts, own.deployment), endOfOutages(facts));
  const isAsked = (boundMs: number): boolean => now - facts.cloud.record.deleteSentAt(group.name) < boundMs;
  const overTags = now - Math.max(own.expiresAt, quietSince);
  const view = attemptView(own.deployment, own.jobId, own.attempt);
  const verdictAt = enteredAt(view, 'archiving');
  const archivingMs = (own.deployment.stores.rows.job(own.jobId)?.plan?.deadlines.archiving ?? 0) * 1000;
  const isPoisoned = own.deployment.poisoned.has(own.jobId);
  const overNeed =
    verdictAt === undefined || isPoisoned ? 0 : now - Math.max(verdictAt + archivingMs, quietSince);
  if (!facts.cloud.record.isUndeletable(group.name)) {
    worst.afterTags = Math.max(worst.afterTags, overTags);
    worst.afterJob = Math.max(worst.afterJob, overNeed);
  }
  if (overTags > TAGS_BOUND_MS && !isAsked(2 * TAGS_BOUND_MS))
    facts.fail(
      'I2',
      `${group.name} outlived its tags by ${minutes(now - own.expiresAt)} and nobody asks for its removal`,
    );
  if (overNeed > NEED_BOUND_MS && !isAsked(NEED_BOUND_MS))
    facts.fail(
      'I2',
      `${group.name} lives on ${minutes(overNeed)} after its attempt's end and nobody asks for its removal`,
    );
}

/** Checks that neither a lasting outage nor a stuck removal keeps a job from its outcome for ever. */
function auditJobs(facts: Facts, deployment: Facts['deployments'][number], now: number): void {
  const { rows } = deployment.stores;
  for (const jobId of rows.jobIds()) {
    const job = rows.job(jobId);
    const attempt = job?.state === 'active' ? rows.attempt(jobId, job.attempt) : undefined;
    if (job?.plan === undefined || attempt === undefined) continue;
    const { provisioning, pulling, running, archiving } = job.plan.deadlines;
    const allMs = (provisioning + pulling + running + archiving + facts.world.times.unknownFateS) * 1000;
    // While no tick can read the rows, no process drives an attempt whose orchestration never started. Its deadlines
    // have not begun. Nor have they before the first step that creates something.
    const drivenFrom = Math.max(attempt.admittedAt, deployment.blindUntil, attempt.createdAt ?? 0);
    const over = now - Math.max(drivenFrom + allMs, settledAt(facts, deployment));
    if (attempt.verdict === undefined && over > NEED_BOUND_MS)
      facts.fail(
        'L1',
        `attempt ${attempt.number} of ${jobId} is undecided ${minutes(over)} after all its deadlines`,
      );
    const unseenMs = (provisioning + facts.world.times.unknownFateS) * 1000;
    const unseen = now - Math.max(drivenFrom + unseenMs, settledAt(facts, deployment));
    if (attempt.verdict === undefined && !attempt.seen && unseen > NEED_BOUND_MS)
      facts.fail(
        'L1',
        `attempt ${attempt.number} of ${jobId} was never seen, and is undecided ${minutes(unseen)} after its provisioning deadline`,
      );
    const asked = attempt.removalRequestedAt;
    if (attempt.verdict === undefined || asked === undefined) continue;
    const stuck = now - Math.max(asked + facts.world.times.overdueS * 1000, settledAt(facts, deployment));
    if (stuck > NEED_BOUND_MS)
      facts.fail('L1', `${jobId} waits ${minutes(stuck)} longer than the overdue time for a removal`);
  }
}

/** When no fault has an effect any more. */
function settledAt(facts: Facts, { blindUntil }: Deployment): number {
  return Math.max(facts.calmAt(), blindUntil) + leftoversMs(facts.world);
}

function endOfOutages({ cloud }: Facts): number {
  return Math.max(0, ...cloud.outages.map(({ to }) => to));
}

function minutes(ms: number): string {
  return `${(ms / 60_000).toFixed(1)} min`;
}
