// The placements of the local stack: serverless GPUs, a cluster, and what Azure offered while Container Instances still
// had GPUs.
import type { AciPlacement } from '../../backends/aci/placement';
import type { ContainerAppsPlacement } from '../../backends/container-apps/placement';
import type { KubernetesPlacement } from '../../backends/kubernetes/placement';
import { LOCAL_RESOURCE_GROUP, LOCAL_SUBSCRIPTION } from '../arm/local-scope';
import { LOCAL_ENVIRONMENT } from '../container-apps/local-environment';
import { standInEntrypoints } from '../containers/known-images';
import { LOCAL_NAMESPACE } from '../kubernetes/local-cluster';
import { shareOf } from './local-shares';

/**
 * Dollars an hour, as copies of the retail data of East US had them (F of the same). They had none for K80 and P100, so
 * the cost of such a job is unknown.
 */
const PRICES = { V100: 3.06, cpu: 0.0405, memoryGb: 0.00445 };

/** Dollars an hour, as users report them (docs/facts/container-apps.md#prices). */
const SERVERLESS_PRICES = { T4: 0.342, A100: 2.4768, cpu: 0.0864, memoryGb: 0.0101 };

/** The emulators' worst case, as in the stack's times: a create has its effect within so many seconds or never. */
const FATE_KNOWN_AFTER_S = 10;

/** Name of the placement on the local cluster. */
export const LOCAL_CLUSTER_PLACEMENT = 'local-kubernetes';

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
    fateKnownAfterS: FATE_KNOWN_AFTER_S,
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

/** In the environment of the local stand-in (standins/container-apps/local-environment.ts). */
export const LOCAL_APPS_PLACEMENT: ContainerAppsPlacement = {
  name: 'local-container-apps',
  backend: 'container-apps',
  subscriptionId: LOCAL_SUBSCRIPTION,
  resourceGroup: LOCAL_RESOURCE_GROUP,
  region: LOCAL_ENVIRONMENT.location,
  environment: LOCAL_ENVIRONMENT.name,
  gpus: [
    { sku: 'T4', counts: [1], profile: 'gpu-t4' },
    { sku: 'A100', counts: [1], profile: 'gpu-a100' },
  ],
  // What the guides for container instances ask for; each has a successor with as much memory or more.
  accepts: { K80: 'T4', P100: 'T4', V100: 'A100' },
  profile: 'Consumption',
  workspaceId: LOCAL_ENVIRONMENT.workspace,
  fateKnownAfterS: FATE_KNOWN_AFTER_S,
  limits: { workloads: 4, creates: [] }, // One machine runs only a few programs.
  prices: SERVERLESS_PRICES,
};

/** The GPU pools of the local cluster (standins/kubernetes/local-cluster.ts). */
const TOLERATIONS = [{ key: 'sku', operator: 'Equal' as const, value: 'gpu', effect: 'NoSchedule' as const }];
const GPU_NODES = { selector: { accelerator: 'nvidia' }, tolerations: TOLERATIONS };
const EIGHT_GPU_NODES = { selector: { accelerator: 'nvidia-a100' }, tolerations: TOLERATIONS };
const SLICED_NODES = { selector: { accelerator: 'nvidia-a100-mig' }, tolerations: TOLERATIONS };

/**
 * `kubeconfig`: the file that leads to the cluster. `files`: where the shares of the local account are served, so that
 * the app reads what jobs leave there; left out: outputs are not kept.
 */
export function localClusterPlacement(kubeconfig: string, files?: string): KubernetesPlacement {
  return {
    name: LOCAL_CLUSTER_PLACEMENT,
    backend: 'kubernetes',
    cluster: { kubeconfig },
    namespace: LOCAL_NAMESPACE,
    gpus: [
      { sku: 'T4', counts: [1], nodes: GPU_NODES, node: 'Standard_NC4as_T4_v3' },
      { sku: 'A100', counts: [8], nodes: EIGHT_GPU_NODES, node: 'Standard_ND96amsr_A100_v4' },
      { sku: 'mig-1g.10gb', counts: [1, 2], nodes: SLICED_NODES, node: 'Standard_NC24ads_A100_v4' },
    ],
    // Its claims and its service account (standins/kubernetes/local-cluster.ts).
    volumes: {
      results: { claim: 'results', ...(files === undefined ? {} : { share: shareOf('results', files) }) },
      data: {
        claim: 'data',
        readOnly: true,
        ...(files === undefined ? {} : { share: shareOf('data', files) }),
      },
    },
    identities: { trainer: { serviceAccount: 'trainer' } },
    ...(files === undefined ? {} : { outputs: { volume: 'results' } }),
    podSecurity: 'baseline', // The images of the guides run as root.
    fateKnownAfterS: FATE_KNOWN_AFTER_S,
    // As many as the pool of GPU nodes grows to.
    limits: { workloads: 4, creates: [] },
  };
}

/** All of them in the order in which a job that names none is offered to them. */
export const LOCAL_PLACEMENT_NAMES: readonly string[] = [
  LOCAL_APPS_PLACEMENT.name,
  LOCAL_CLUSTER_PLACEMENT,
  ...LOCAL_PLACEMENTS.map(({ name }) => name),
];
