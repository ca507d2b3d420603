// The placements of the local stack: what Azure offered while Container Instances still had GPUs.
import type { AciPlacement } from '../../backends/aci/placement';
import { LOCAL_RESOURCE_GROUP, LOCAL_SUBSCRIPTION } from '../arm/local-scope';
import { standInEntrypoints } from '../containers/known-images';

/**
 * Dollars an hour, as copies of the retail data of East US had them (F of the same). They had none for K80 and P100, so
 * the cost of such a job is unknown.
 */
const PRICES = { V100: 3.06, cpu: 0.0405, memoryGb: 0.00445 };

/** Most GPU SKUs first (docs/facts/container-instances.md#gpu-regions). */
export const LOCAL_PLACEMENTS: readonly AciPlacement[] = [
  placement('local-eastus', 'eastus', ['K80', 'P100', 'V100']),
  placement('local-westeurope', 'westeurope', ['K80', 'P100', 'V100']),
];

function placement(name: string, region: string, skus: readonly string[]): AciPlacement {
  return {
    name,
    backend: 'aci',
    subscriptionId: LOCAL_SUBSCRIPTION,
    resourceGroup: LOCAL_RESOURCE_GROUP,
    region,
    gpus: skus.map((sku) => ({ sku, counts: [1, 2, 4] })),
    entrypoints: standInEntrypoints,
    fateKnownAfterS: 10, // The emulator's worst case, as in the stack's times.
    offersRetiredGpus: true, // The emulator shows Azure as it was.
    // One machine runs only a few programs. Creates are limited as by Azure's default quota (A.4 of the same).
    limits: {
      workloads: 4,
      creates: [
        { per: 300, most: 100 },
        { per: 3600, most: 300 },
      ],
    },
    prices: PRICES,
  };
}
