// Reads the quotas of the placement's environment and of its region.
import type { Usage } from '@azure/arm-appcontainers';

import type { QuotaUsage } from '../../../domain/placement/quota';
import type { ContainerAppsClients } from '../cloud/clients';
import { environmentParts } from '../environment-id';
import type { Apps } from './apps-of';

/** `clientsOf`: of the environment's own subscription. Rejects when they can't be had. */
export async function usages(
  apps: Apps,
  clientsOf: (subscriptionId: string) => ContainerAppsClients,
): Promise<readonly QuotaUsage[]> {
  const { subscriptionId, resourceGroup, name } = environmentParts(apps.placement);
  const { reading } = clientsOf(subscriptionId);
  const pages = [
    reading.managedEnvironmentUsages.list(resourceGroup, name, apps.options('read')),
    reading.usages.list(apps.placement.region, apps.options('read')),
  ];
  const read: QuotaUsage[] = [];
  for (const page of pages) for await (const usage of page) read.push(...usageOf(usage));
  return read;
}

/** None of one without a name. */
function usageOf({ name, currentValue, limit }: Usage): QuotaUsage[] {
  return name.value === undefined ? [] : [{ name: name.value, used: currentValue, limit }];
}
