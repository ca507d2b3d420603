// Reads the quotas of the placement's namespace.
import { z } from 'zod';

import type { QuotaUsage } from '../../../domain/placement/quota';
import { parseQuantity } from '../../../manifests/quantity';
import type { KubernetesPlacement } from '../placement';
import { countsOurPods, quotaScopes } from '../quota-scopes';
import { itemsOf } from '../reading/items-of';
import { readBy } from '../reading/read-answer';
import type { Cluster } from './cluster-of';
import { listPath } from './paths';

const quantities = z.record(z.string(), z.string()).nullish();
const quotaListSchema = z.object({
  items: itemsOf(
    z.object({
      spec: z.object(quotaScopes).nullish(),
      status: z.object({ hard: quantities, used: quantities }).nullish(),
    }),
  ),
});
type Quota = z.infer<typeof quotaListSchema>['items'][number];

/** Of quotas that limit the same thing, the one with the least room. Rejects where they can't be read. */
export async function usages(
  cluster: Cluster,
  { priorityClassName }: Pick<KubernetesPlacement, 'priorityClassName'>,
): Promise<readonly QuotaUsage[]> {
  const path = listPath(cluster.namespace, 'resourcequotas');
  const answer = await cluster.send({ method: 'GET', path });
  const { items } = readBy(quotaListSchema, answer, 'the list of resource quotas');
  const tightest = new Map<string, QuotaUsage>();
  const ours = items.filter(({ spec }) => countsOurPods(spec ?? undefined, priorityClassName));
  for (const usage of ours.flatMap(usagesOf)) {
    const known = tightest.get(usage.name);
    if (known === undefined || roomOf(usage) < roomOf(known)) tightest.set(usage.name, usage);
  }
  return [...tightest.values()];
}

function usagesOf({ status }: Quota): QuotaUsage[] {
  return Object.entries(status?.hard ?? {}).flatMap(([name, hard]) => {
    const limit = numberOf(hard);
    const used = numberOf(status?.used?.[name] ?? '0');
    return limit === undefined || used === undefined ? [] : [{ name, used, limit }];
  });
}

/** Cores, bytes or a count; undefined for what is no quantity. */
function numberOf(quantity: string): number | undefined {
  const nanos = parseQuantity(quantity);
  return nanos === undefined ? undefined : Number(nanos) / 1e9;
}

function roomOf({ used, limit }: QuotaUsage): number {
  return limit - used;
}
