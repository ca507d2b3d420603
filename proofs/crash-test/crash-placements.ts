// Where the jobs of a crash test run: four regions of container instances and one cluster, in one deployment.
import type { AciPlacement } from '../../backends/aci/placement';
import type { KubernetesPlacement } from '../../backends/kubernetes/placement';
import { LOCAL_SUBSCRIPTION } from '../../standins/arm/local-scope';
import { localClusterPlacement } from '../../standins/stack/local-placements';

/** The stand-ins act on a create when it comes in. */
const FATE_KNOWN_AFTER_S = 4;

/**
 * Places for 20 jobs and as many that are still being removed. Each placement has few, because the more it holds the
 * slower its polls are.
 */
export const REGIONS: readonly AciPlacement[] = ['eastus', 'westeurope', 'southcentralus', 'westus2'].map(
  (region) => ({
    name: `crash-${region}`,
    backend: 'aci',
    subscriptionId: LOCAL_SUBSCRIPTION,
    resourceGroup: 'gpu-jobs-crash',
    region,
    gpus: [],
    fateKnownAfterS: FATE_KNOWN_AFTER_S,
    limits: { workloads: 8, creates: [{ per: 3600, most: 1_000 }] },
  }),
);

export const CLUSTER = 'crash-cluster';

/**
 * `kubeconfig`: the file that leads to the cluster. Its jobs go to the pool that grows, one node of 4 cores after the
 * other.
 */
export function clusterPlacement(kubeconfig: string): KubernetesPlacement {
  const { gpus, ...local } = localClusterPlacement(kubeconfig);
  return {
    ...local,
    name: CLUSTER,
    gpus: [],
    nodes: gpus[0]?.nodes,
    fateKnownAfterS: FATE_KNOWN_AFTER_S,
    limits: { workloads: 12, creates: [] },
  };
}

/** The placements in the order of a job that goes to that platform first. */
export function placementsOf(first: 'instances' | 'cluster'): readonly string[] {
  const regions = REGIONS.map(({ name }) => name);
  return first === 'cluster' ? [CLUSTER, ...regions] : [...regions, CLUSTER];
}
