// What a container group counts against, by the names under which Azure reports its usages.
import type { Count } from '../../domain/backend/offer';

/** A group with GPUs counts against its SKU's quota, in CPU cores (docs/facts/container-instances.md#usages). */
export function countsOf({
  cpu,
  gpu,
}: {
  readonly cpu: number;
  readonly gpu: { readonly sku: string } | undefined;
}): Count[] {
  return [
    { quota: 'ContainerGroups', amount: 1, of: 'workloads' },
    {
      quota: gpu === undefined ? 'StandardCores' : `Standard${gpu.sku}Cores`,
      amount: cpu,
      of: 'cores',
    },
  ];
}
