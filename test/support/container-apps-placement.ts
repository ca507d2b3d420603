// A placement on Container Apps with what every one of them needs.
import {
  type ContainerAppsPlacement,
  containerAppsPlacementSchema,
} from '../../backends/container-apps/placement';

export function containerAppsPlacement(
  members: Partial<ContainerAppsPlacement> = {},
): ContainerAppsPlacement {
  return containerAppsPlacementSchema.parse({
    name: 'apps',
    backend: 'container-apps',
    subscriptionId: '00000000-0000-0000-0000-000000000001',
    resourceGroup: 'rg1',
    region: 'westus3',
    environment: 'env1',
    gpus: [
      { sku: 'T4', counts: [1], profile: 'serverless-t4' },
      { sku: 'A100', counts: [1], profile: 'serverless-a100' },
    ],
    limits: { workloads: 5, creates: [] },
    ...members,
  });
}
