// The kinds of compute of a run: one region of Container Instances, in some runs a cluster or a platform in two steps
// beside it, and the ways to them.
import { createAciBackend } from '../../../backends/aci/aci-backend';
import { aciFacts } from '../../../backends/aci/facts';
import type { AciPlacement } from '../../../backends/aci/placement';
import { createContainerAppsBackend } from '../../../backends/container-apps/container-apps-backend';
import { containerAppsFacts } from '../../../backends/container-apps/facts';
import type { ContainerAppsPlacement } from '../../../backends/container-apps/placement';
import { kubernetesFacts } from '../../../backends/kubernetes/facts';
import { createKubernetesBackend } from '../../../backends/kubernetes/kubernetes-backend';
import type { KubernetesPlacement } from '../../../backends/kubernetes/placement';
import { unconfiguredFacts } from '../../../backends/unconfigured-backend';
import type { BackendFacts } from '../../../domain/backend/backend-facts';
import type { Placement } from '../../../domain/placement/placement';
import type { ComputeBackend } from '../../../domain/ports/compute-backend';
import type { Ports } from '../../../jobs/ports';
import { armClients } from '../../../test/support/arm-clients';
import { SUBSCRIPTION } from '../../../test/support/placements';
import { createTwoStepBackend } from '../../../test/two-step/two-step-backend';
import { TWO_STEP, twoStepFacts } from '../../../test/two-step/two-step-facts';
import { Arm, type ArmCaller } from '../cloud/arm';
import { Cloud, RESOURCE_GROUP } from '../cloud/cloud';
import { CloudRecord } from '../cloud/cloud-record';
import { appsClients } from '../cloud/container-apps/apps-clients';
import { AppsCloud } from '../cloud/container-apps/apps-cloud';
import {
  APPS_ENVIRONMENT,
  APPS_GROUP,
  APPS_REGION,
  GPU_PROFILE,
} from '../cloud/container-apps/apps-settings';
import { AppsWire } from '../cloud/container-apps/apps-wire';
import type { AppsWorkspace } from '../cloud/container-apps/apps-workspace';
import { GPU_NODES, SLICES } from '../cloud/kubernetes/cluster-settings';
import { NAMESPACE } from '../cloud/kubernetes/cluster-state';
import { KubernetesCloud } from '../cloud/kubernetes/kubernetes-cloud';
import { KubernetesWire } from '../cloud/kubernetes/kubernetes-wire';
import type { Platform, Wire } from '../cloud/platform';
import { Platforms, Wires } from '../cloud/platforms';
import { TwoStepCloud } from '../cloud/two-step-cloud';
import { TwoStepWire } from '../cloud/two-step-wire';
import type { Beside } from '../steering/quarry';
import type { World } from './world';

export interface Compute {
  readonly cloud: Platforms;
  /** `run` is called when a platform in two steps has accepted a start that takes effect later. */
  whenLate(run: (name: string) => void): void;
  /** All ways to the platforms at once. */
  readonly wire: Wire;
  /** How many groups of Container Instances exist. */
  groupCount(): number;
  close(): Promise<void>;
  readonly placements: readonly Placement[];
  readonly factsOf: Ports['factsOf'];
  /** The backends of one process. */
  backendOf(caller: ArmCaller): Ports['backendOf'];
}

/** The prices of each placement. At `two` a job without a GPU has no price. */
const PRICES: Readonly<Record<string, AciPlacement['prices']>> = {
  one: { V100: 3, cpu: 0.04, memoryGb: 0.004 },
  two: { V100: 2, 'mig-1g.10gb': 0.3 },
  three: { V100: 4, 'mig-1g.10gb': 0.5, cpu: 0.05 },
};
/** Names of the placements elsewhere. */
const OTHERS = ['two', 'three'] as const;

const COMMON = {
  gpus: [{ sku: 'V100', counts: [1, 2, 4] }],
  limits: {
    workloads: 2,
    creates: [
      { per: 300, most: 20 },
      { per: 3600, most: 60 },
    ],
  },
};

function aciPlacement(name: string): AciPlacement {
  return {
    ...COMMON,
    name,
    prices: PRICES[name],
    backend: 'aci',
    subscriptionId: SUBSCRIPTION,
    resourceGroup: RESOURCE_GROUP,
    region: 'eastus',
    offersRetiredGpus: true,
  };
}

/** What stands beside Container Instances in a run. */
interface Elsewhere {
  readonly placement: Placement;
  readonly facts: BackendFacts;
  readonly platforms: readonly Platform[];
  readonly wire: Wire;
  backendOf(caller: ArmCaller): ComputeBackend;
  whenLate?(run: (name: string) => void): void;
  close?(): Promise<void>;
}

type Outages = { from: number; to: number }[];

function twoStep(world: World, name: string, outages: Outages): Elsewhere {
  const cloud = new TwoStepCloud(world, new CloudRecord(world));
  const wire = new TwoStepWire(world, cloud, outages);
  return {
    placement: { ...COMMON, name, prices: PRICES[name], backend: TWO_STEP },
    facts: twoStepFacts(),
    platforms: [cloud],
    wire,
    backendOf: (caller) => createTwoStepBackend(name, wire.clientOf(caller)),
    whenLate: (run) => {
      wire.onLateStart = run;
    },
  };
}

function kubernetes(world: World, name: string, outages: Outages): Elsewhere {
  const cloud = new KubernetesCloud(world, new CloudRecord(world), new CloudRecord(world));
  const wire = new KubernetesWire(world, cloud, outages);
  const placement = kubernetesPlacement(name);
  return {
    placement,
    facts: kubernetesFacts(placement),
    platforms: [cloud, cloud.strangers],
    wire,
    backendOf: (caller) => {
      const api = wire.clientOf(caller);
      return createKubernetesBackend(placement, () => api);
    },
    close: () => cloud.cluster.close(),
  };
}

function containerApps(world: World, name: string, outages: Outages, workspace?: AppsWorkspace): Elsewhere {
  const cloud = new AppsCloud(world, new CloudRecord(world), workspace);
  const wire = new AppsWire(world, cloud, outages, workspace);
  const placement = appsPlacement(name, workspace?.id);
  return {
    placement,
    facts: containerAppsFacts(placement),
    platforms: [cloud],
    wire,
    backendOf: (caller) => {
      const clients = appsClients((request) => wire.request(caller, request));
      const backend = createContainerAppsBackend(placement, () => clients);
      return watchingSeconds(world, cloud, backend);
    },
    whenLate: (run) => {
      wire.onLateStart = run;
    },
    close: () => cloud.apps.close(),
  };
}

/** Checks that a look which shows a second run has asked for its stop by the time it returns. */
function watchingSeconds(world: World, cloud: AppsCloud, backend: ComputeBackend): ComputeBackend {
  return {
    ...backend,
    observe: async (ref) => {
      const since = world.now();
      const observation = await backend.observe(ref);
      const isSecondShown = observation.kind === 'present' && observation.workload.ranMoreThanOnce === true;
      if (isSecondShown && cloud.hasUnstopped(ref.name, since)) cloud.record.secondLeft(ref.name);
      return observation;
    },
  };
}

function appsPlacement(name: string, workspaceId: string | undefined): ContainerAppsPlacement {
  return {
    ...COMMON,
    name,
    prices: PRICES[name],
    backend: 'container-apps',
    subscriptionId: SUBSCRIPTION,
    resourceGroup: APPS_GROUP,
    region: APPS_REGION,
    environment: APPS_ENVIRONMENT,
    profile: 'Consumption',
    ...(workspaceId === undefined ? {} : { workspaceId }),
    gpus: COMMON.gpus.map((gpu) => ({ ...gpu, profile: GPU_PROFILE })),
  };
}

const KINDS = { 'container-apps': containerApps, kubernetes, 'two-step': twoStep };

function kubernetesPlacement(name: string): KubernetesPlacement {
  return {
    ...COMMON,
    name,
    prices: PRICES[name],
    backend: 'kubernetes',
    cluster: { inCluster: true },
    namespace: NAMESPACE,
    podSecurity: 'restricted',
    gpus: [...COMMON.gpus.map((gpu) => ({ ...gpu, nodes: GPU_NODES })), SLICES],
  };
}

/**
 * Two placements or three, so that places are short and fall-backs happen. Two lie in one region and resource group, or
 * they are of as many kinds. `workspace`: that of Container Apps, where they stand and have one.
 */
export function createCompute(world: World, beside: readonly Beside[], workspace?: AppsWorkspace): Compute {
  const region = new Cloud(world, new CloudRecord(world));
  const outages: Outages = [];
  const arm = new Arm(world, region, outages);
  const elsewhere = beside.map((kind, index) =>
    KINDS[kind](world, OTHERS[index] ?? kind, outages, workspace),
  );
  const onAci = (elsewhere.length > 0 ? ['one'] : ['one', 'two']).map(aciPlacement);
  const facts = new Map([
    ...onAci.map((placement) => [placement.name, aciFacts(placement)] as const),
    ...elsewhere.map(({ placement, facts: known }) => [placement.name, known] as const),
  ]);
  const platforms = [region, ...elsewhere.flatMap((other) => other.platforms)];
  return {
    cloud: new Platforms(world, platforms, outages),
    wire: elsewhere.length === 0 ? arm : new Wires([arm, ...elsewhere.map(({ wire }) => wire)]),
    whenLate: (run) => {
      for (const other of elsewhere) other.whenLate?.(run);
    },
    groupCount: () => region.emulator.groupCount(),
    close: async () => {
      await region.emulator.close();
      for (const other of elsewhere) await other.close?.();
    },
    // Jobs go to those elsewhere first.
    placements: [...elsewhere.map(({ placement }) => placement), ...onAci],
    factsOf: (name) => facts.get(name) ?? unconfiguredFacts(name),
    backendOf: (caller) => {
      const clients = armClients((request) => arm.request(caller, request));
      const made = new Map<string, ComputeBackend>([
        ...onAci.map((placement) => [placement.name, createAciBackend(placement, () => clients)] as const),
        ...elsewhere.map((other) => [other.placement.name, other.backendOf(caller)] as const),
      ]);
      return (placement) => {
        const backend = made.get(placement);
        if (backend === undefined) throw new Error(`No placement ${placement}`);
        return backend;
      };
    },
  };
}
