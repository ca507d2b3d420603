// M1: an attempt that is gone says what it cost, by the times in its row and the prices of its placement, and that
// never changes.
import type { JobView } from '../../../api/jobs';
import type { Deployment } from '../world/deployment';
import { type AttemptView, enteredAt, type Facts } from './facts';

const HOUR_MS = 3_600_000;
/** Amounts are rounded to a millionth of a dollar. */
const ROUNDING = 0.000_001;

export function checkCosts(
  facts: Facts,
  deployment: Deployment,
  view: JobView,
  last: JobView | undefined,
): void {
  for (const attempt of view.attempts) {
    if (attempt.cleanup !== 'gone') continue;
    const before = last?.attempts.find(({ number }) => number === attempt.number);
    const name = `${view.id}-${attempt.number}`;
    if (before?.cleanup === 'gone') {
      if (JSON.stringify(before.cost) !== JSON.stringify(attempt.cost))
        facts.fail('M1', `${name} cost ${told(before)}, and now ${told(attempt)}`);
      continue;
    }
    const expected = dollars(deployment, view, attempt);
    const { cost } = attempt;
    const isRight =
      expected === undefined || cost === undefined
        ? expected === cost
        : cost.soFar === undefined && Math.abs(cost.amount - expected) <= ROUNDING;
    if (!isRight)
      facts.fail('M1', `${name} is said to have cost ${told(attempt)}, and has ${expected ?? 'no price'}`);
  }
}

/** Undefined: the placement has no price for the attempt. */
function dollars({ stores, compute }: Deployment, view: JobView, attempt: AttemptView): number | undefined {
  const prices = compute.placements.find(({ name }) => name === attempt.placement)?.prices ?? {};
  const { cpu, memoryGb } = stores.rows.job(view.id)?.plan?.resources ?? { cpu: 0, memoryGb: 0 };
  const gpus = view.gpu?.count ?? 0;
  const sku = attempt.gpu?.sku ?? 'V100';
  if (gpus === 0 && prices['cpu'] === undefined) return undefined;
  const perHour =
    gpus * (prices[sku] ?? 0) + cpu * (prices['cpu'] ?? 0) + memoryGb * (prices['memoryGb'] ?? 0);
  const startedAt = attempt.startedAt === undefined ? Infinity : Date.parse(attempt.startedAt);
  const { bills } = compute.factsOf(attempt.placement).traits;
  const from = Math.min(
    (bills.from === 'pulling' ? enteredAt(attempt, 'pulling') : undefined) ?? Infinity,
    enteredAt(attempt, 'running') ?? Infinity,
    startedAt,
  );
  const row = stores.rows.attempt(view.id, attempt.number);
  const goneAt = row?.goneAt ?? NaN;
  const endedAt = row?.endedAt ?? (attempt.exitCode === undefined ? goneAt : row?.verdictAt) ?? NaN;
  const until = bills.until === 'ended' ? Math.min(endedAt, goneAt) : goneAt;
  return from === Infinity ? 0 : (perHour * Math.max(0, until - from)) / HOUR_MS;
}

function told({ cost }: AttemptView): string {
  return cost === undefined ? 'an unknown amount' : `${cost.amount} ${cost.currency}`;
}
