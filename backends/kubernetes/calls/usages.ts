// Reads the quotas of the placement's namespace.
import { z } from 'zod';

import type { QuotaUsage } from '../../../domain/placement/quota';
import { parseQuantity } from '../../../manifests/quantity';
import { itemsOf } from '../reading/items-of';
import { type Cluster, readBy } from './cluster-of';
import { listPath } from './paths';

const quantities = z.record(z.string(), z.string()).nullish();
const quotaListSchema = z.object({
  items: itemsOf(
    z.object({
      spec: z.object({ scopes: z.array(z.string()).nullish(), scopeSelector: z.unknown() }).nullish(),
      status: z.object({ hard: quantities, used: quantities }).nullish(),
    }),
  ),
});
type Quota = z.infer<typeof quotaListSchema>['items'][number];

/** Scopes that the pod of each of our Jobs is in (docs/facts/kubernetes.md#quotas). */
const OUR_SCOPES: readonly string[] = ['Terminating', 'NotBestEffort'];

/** Of quotas that limit the same thing, the one with the least room. Rejects where they can't be read. */
export async function usages(cluster: Cluster): Promise<readonly QuotaUsage[]> {
  const path = listPath(cluster.namespace, 'resourcequotas');
  const answer = await cluster.send({ method: 'GET', path });
  const { items } = readBy(quotaListSchema, answer, 'the list of resource quotas');
  const tightest = new Map<string, QuotaUsage>();
  for (const usage of items.filter(countsUs).flatMap(usagesOf)) {
    const known = tightest.get(usage.name);
    if (known === undefined || roomOf(usage) < roomOf(known)) tightest.set(usage.name, usage);
  }
  return [...tightest.values()];
}

function countsUs({ spec }: Quota): boolean {
  // A selector of scopes is about priority classes mostly: what it counts is not told here.
  if (spec?.scopeSelector !== undefined && spec.scopeSelector !== null) return false;
  return (spec?.scopes ?? []).every((scope) => OUR_SCOPES.includes(scope));
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
