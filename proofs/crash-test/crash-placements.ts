// Where the jobs of a crash test run, in one deployment: an environment of Container Apps, a cluster and four regions
// of container instances.
import type { AciPlacement } from '../../backends/aci/placement';
import type { ContainerAppsPlacement } from '../../backends/container-apps/placement';
import type { KubernetesPlacement } from '../../backends/kubernetes/placement';
import { LOCAL_SUBSCRIPTION } from '../../standins/arm/local-scope';
import { LOCAL_APPS_PLACEMENT, localClusterPlacement } from '../../standins/stack/local-placements';

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

export const APPS = 'crash-apps';
export const CLUSTER = 'crash-cluster';

/** In the environment of the local stack. Its logs are completed from its workspace. */
export const APPS_PLACEMENT: ContainerAppsPlacement = {
  ...LOCAL_APPS_PLACEMENT,
  name: APPS,
  gpus: [],
  accepts: {},
  fateKnownAfterS: FATE_KNOWN_AFTER_S,
  limits: { workloads: 12, creates: [] },
};

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

export const PLATFORMS = ['apps', 'cluster', 'instances'] as const;
export type Platform = (typeof PLATFORMS)[number];

const ON: Readonly<Record<Platform, readonly string[]>> = {
  apps: [APPS],
  cluster: [CLUSTER],
  instances: REGIONS.map(({ name }) => name),
};

/** The placements in the order of a job that goes to that platform first. */
export function placementsOf(first: Platform): readonly string[] {
  return [first, ...PLATFORMS.filter((platform) => platform !== first)].flatMap((platform) => ON[platform]);
}

/** Which platform a placement of the crash test is on. */
export function platformOf(placement: string): Platform {
  return PLATFORMS.find((platform) => ON[platform].includes(placement)) ?? 'instances';
}
