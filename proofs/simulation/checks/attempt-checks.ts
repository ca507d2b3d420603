// What each attempt says of itself, checked when it says so: there are as many attempts as the spec allows, and only
// what has expired counts as expired.
import type { JobView } from '../../../api/jobs';
import type { Deployment } from '../world/deployment';
import type { AttemptView, Facts } from './facts';
import { skewMs } from './removal-check';

/** The most attempts of a job, whatever they ended for. */
const MOST_ATTEMPTS = 50;

export function checkAttempts(
  facts: Facts,
  deployment: Deployment,
  view: JobView,
  last: JobView | undefined,
): void {
  if (view.attempts.length > (last?.attempts.length ?? 0)) checkBudget(facts, deployment, view);
  if (view.outcome === 'Failed' && last?.outcome === undefined) checkPatience(facts, deployment, view);
  for (const attempt of view.attempts) {
    const before = last?.attempts.find(({ number }) => number === attempt.number);
    if (attempt.reason?.code === 'expired' && before?.reason === undefined)
      checkExpiry(facts, deployment, view, attempt);
  }
}

/** R2: no more attempts than the spec allows. Those that found no capacity or quota don't count. */
function checkBudget(facts: Facts, deployment: Deployment, view: JobView): void {
  const allowed = deployment.stores.rows.job(view.id)?.plan?.retry.attempts ?? 0;
  const counted = countedAttempts(view);
  if (counted > allowed)
    facts.fail('R2', `${view.id} makes ${counted} attempts that count, and its spec allows ${allowed}`);
  if (view.attempts.length > MOST_ATTEMPTS)
    facts.fail('R2', `${view.id} makes ${view.attempts.length} attempts`);
}

/**
 * R2: no fewer attempts either. A failure of the infrastructure that allows another attempt, whatever has run, must be
 * followed by one; so must a lack of capacity.
 */
function checkPatience(facts: Facts, deployment: Deployment, view: JobView): void {
  const retry = deployment.stores.rows.job(view.id)?.plan?.retry;
  const last = view.attempts.at(-1);
  if (retry === undefined || last?.reason?.class !== 'infrastructure') return;
  const mayFollow = retry.rerunAfterStart || (isSpared(last) && last.cleanup === 'gone');
  if (!mayFollow) return;
  if (isSpared(last)) {
    if (view.attempts.length < MOST_ATTEMPTS)
      facts.fail('R2', `${view.id} is Failed after ${view.attempts.length} attempts for want of capacity`);
    return;
  }
  const counted = countedAttempts(view);
  if (counted < retry.attempts)
    facts.fail('R2', `${view.id} is Failed after ${counted} attempts, and its spec allows ${retry.attempts}`);
}

function countedAttempts({ attempts }: JobView): number {
  return attempts.filter((attempt) => !isSpared(attempt)).length;
}

function isSpared({ reason }: AttemptView): boolean {
  return ['capacity', 'quota'].includes(reason?.code ?? '');
}

/** R1: judged by the row's own expiry, because the workload may be unlisted, gone or not there yet. */
function checkExpiry(facts: Facts, { stores }: Deployment, { id }: JobView, { number }: AttemptView): void {
  const leftMs = (stores.rows.attempt(id, number)?.expiresAt ?? Infinity) - facts.world.now();
  if (leftMs > skewMs(facts.world))
    facts.fail('R1', `${id}-${number} says that it has expired, ${Math.round(leftMs / 1000)} s too early`);
}
