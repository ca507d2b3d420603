// Placements for tests.
import { aciFacts } from '../../backends/aci/facts';
import type { AciPlacement } from '../../backends/aci/placement';
import { unconfiguredFacts } from '../../backends/unconfigured-backend';
import type { BackendFacts } from '../../domain/backend/backend-facts';
import type { Placement } from '../../domain/placement/placement';

export const SUBSCRIPTION = '00000000-0000-0000-0000-000000000001';
export const RESOURCE_GROUP = 'jobs';

/** A placement with room for many workloads and one to four V100. */
export function testPlacement(over: Partial<AciPlacement> = {}): AciPlacement {
  return {
    name: 'eastus',
    backend: 'aci',
    subscriptionId: SUBSCRIPTION,
    resourceGroup: RESOURCE_GROUP,
    region: 'eastus',
    gpus: [{ sku: 'V100', counts: [1, 2, 4] }],
    offersRetiredGpus: true,
    limits: {
      workloads: 100,
      creates: [
        { per: 300, most: 100 },
        { per: 3600, most: 300 },
      ],
    },
    ...over,
  };
}

/**
 * The facts of each of these placements' backend. A placement without the members of Container Instances gets those of
 * `testPlacement`.
 */
export function testFacts(placements: readonly Placement[]): (placement: string) => BackendFacts {
  return (name) => {
    const placement = placements.find((candidate) => candidate.name === name);
    return placement === undefined
      ? unconfiguredFacts(name)
      : aciFacts(testPlacement({ ...placement, identities: undefined, volumes: undefined, backend: 'aci' }));
  };
}
