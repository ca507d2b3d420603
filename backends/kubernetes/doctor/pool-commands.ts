// The commands by which node pools are looked at and made, with the names of the cluster that a placement has.
import { sliceOf } from '../../../manifests/gpu-resource';
import type { ClusterReference } from '../placement';
import { resourceOfGpu } from '../resource-of-gpu';
import type { InspectedPlacement } from './inspected';

interface Where {
  readonly cluster: ClusterReference;
}

/** Of a cluster that is not named by Azure's names they are left to fill in. */
function clusterFlags({ cluster }: Where): string {
  return 'aks' in cluster
    ? `--subscription ${cluster.aks.subscriptionId} --resource-group ${cluster.aks.resourceGroup} --cluster-name ${cluster.aks.name}`
    : '--resource-group GROUP --cluster-name CLUSTER';
}

export function listPools(where: Where): string {
  return `"az aks nodepool list ${clusterFlags(where)} --query "[].{name:name,size:vmSize,count:count,min:minCount,labels:nodeLabels,taints:nodeTaints}""`;
}

/** Of a size with this kind of GPU; the sizes are those of docs/kubernetes.md. */
export function addPool(where: Where, gpu: InspectedPlacement['gpus'][number]): string {
  const sevenths = sliceOf(resourceOfGpu(gpu));
  // AKS cuts each GPU of a pool into slices of one kind (docs/facts/aks.md#slices-of-gpus).
  const size =
    sevenths === undefined
      ? `--node-vm-size ${SIZES[gpu.sku.toUpperCase()] ?? 'SIZE'}`
      : `--node-vm-size SIZE --gpu-instance-profile MIG${sevenths}g`;
  return `"az aks nodepool add ${clusterFlags(where)} --name gpunp ${size} --node-taints sku=gpu:NoSchedule --node-count 0 --enable-cluster-autoscaler --min-count 0 --max-count 2"`;
}

/** Lets the pool go down to no node. */
export function minimumZero(where: Where, pool: string, max: number): string {
  return `"az aks nodepool update ${clusterFlags(where)} --name ${pool} --update-cluster-autoscaler --min-count 0 --max-count ${max}"`;
}

/** The smallest size of each GPU (docs/facts/aks.md#gpu-sizes). */
const SIZES: Readonly<Record<string, string>> = {
  T4: 'Standard_NC4as_T4_v3',
  A100: 'Standard_NC24ads_A100_v4',
  H100: 'Standard_NC40ads_H100_v5',
};
