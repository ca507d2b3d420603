// How much a subscription may hold in a region, and how much of it is in use.
import { ArmFault } from '../wire/arm-error';
import { normalRegion } from './gpu-offer';
import type { GroupResources } from './groups/group-resources';

export interface Usage {
  readonly name: string;
  readonly used: number;
  readonly limit: number;
}

/** The usages that a group counts against, and how much of each. GPU quotas are counted in CPU cores. */
function demandOf({ cpu, gpu }: GroupResources): Readonly<Record<string, number>> {
  return { ContainerGroups: 1, [gpu ? `Standard${gpu.sku}Cores` : 'StandardCores']: cpu };
}

/** Every quota with what `held` groups use of it; an ended group counts until it is deleted. */
export function usagesOf(quotas: Readonly<Record<string, number>>, held: readonly GroupResources[]): Usage[] {
  const demands = held.map(demandOf);
  return Object.entries(quotas).map(([name, limit]) => ({
    name,
    limit,
    used: demands.reduce((total, demand) => total + (demand[name] ?? 0), 0),
  }));
}

/** Throws 400 ContainerGroupQuotaReached, as documented (docs/facts/container-instances.md#quota). */
export function checkQuota(location: string, usages: readonly Usage[], asked: GroupResources): void {
  for (const [name, requested] of Object.entries(demandOf(asked))) {
    const usage = usages.find((other) => other.name === name);
    if (!usage || usage.used + requested <= usage.limit) continue;
    const shown = /^Standard.+\d+Cores$/.test(name) ? name.replace('Standard', '') : name;
    throw new ArmFault(
      400,
      'ContainerGroupQuotaReached',
      `Resource type 'Microsoft.ContainerInstance/containerGroups' container group quota '${shown}' exceeded in region '${normalRegion(location)}'. Limit: '${usage.limit}', Usage: '${usage.used}' Requested: '${requested}'.`,
    );
  }
}
