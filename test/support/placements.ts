// Placements for tests.
import type { Placement } from '../../domain/placement/placement';

/** A placement with room for many workloads and one to four V100. */
export function testPlacement(over: Partial<Placement> = {}): Placement {
  return {
    name: 'eastus',
    backend: 'aci',
    subscriptionId: '00000000-0000-0000-0000-000000000001',
    resourceGroup: 'jobs',
    region: 'eastus',
    gpus: [{ sku: 'V100', counts: [1, 2, 4] }],
    offersRetiredGpus: true,
    limits: { workloads: 100, createsPer5Minutes: 100, createsPerHour: 300 },
    ...over,
  };
}
