// What the doctor finds of quotas that a platform keeps for all workloads of a place. Pure.
import type { BackendFacts } from '../domain/backend/backend-facts';
import { type Check, ok } from '../domain/backend/check';
import { isSameName } from '../domain/parse/any-case';
import type { Placement } from '../domain/placement/placement';
import { quotaStanding, type QuotaUsage } from '../domain/placement/quota';

/**
 * Whether one workload of each kind that the placement offers would fit: without a GPU, and with the fewest of each.
 * `todo`: how to get more.
 */
export function quotaCheck(
  name: string,
  gpus: Placement['gpus'],
  facts: Pick<BackendFacts, 'offer'>,
  usages: readonly QuotaUsage[],
  todo: string,
): Check {
  const wishes = [undefined, ...gpus.map(({ sku, counts }) => ({ sku, count: Math.min(...counts) }))];
  // Of what is retired the quota is told all the same: undefined is no time to be retired by.
  const offers = wishes.map((gpu) => facts.offer({}, gpu, undefined));
  const counts = offers.map((one) => (one.kind === 'gives' ? one.counts : []));
  const standings = counts.map((each) => quotaStanding(each, usages));
  const small = standings.find((standing) => standing.kind === 'too-small');
  if (small?.kind === 'too-small') return { name, standing: 'failed', detail: inWords(small.quota), todo };
  const used = standings.find((standing) => standing.kind === 'in-use');
  if (used?.kind === 'in-use')
    return { name, standing: 'warning', detail: `${inWords(used.quota)}; jobs wait`, todo };
  const counted = usages.filter((usage) => counts.flat().some(({ quota }) => isSameName(quota, usage.name)));
  return ok(name, counted.length === 0 ? 'none is named there' : counted.map(inWords).join(', '));
}

function inWords({ name, used, limit }: QuotaUsage): string {
  return `${name}: ${used} of ${limit} used`;
}
