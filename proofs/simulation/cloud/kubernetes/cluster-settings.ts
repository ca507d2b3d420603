// What the simulated cluster is like: its nodes, its users, how fast it lives.
import type { KubernetesPlacement } from '../../../../backends/kubernetes/placement';
import type { Random } from '../../../../standins/kernel/random';
import { DEFAULT_LIFE, type LifeSettings } from '../../../../standins/kubernetes/life-settings';
import {
  DEFAULT_KUBERNETES_SETTINGS,
  type KubernetesSettings,
} from '../../../../standins/kubernetes/settings';
import { pullMs } from '../pulls';
import { NAMESPACE } from './cluster-state';

/** The app, somebody who may do everything, and the app while its rights are taken away. */
export const APP = 'app';
export const SOMEBODY = 'somebody';
export const POWERLESS = 'powerless';

/** What selects a node with a GPU, and the taint that keeps others away. */
export const GPU_NODES: NonNullable<KubernetesPlacement['gpus'][number]['nodes']> = {
  selector: { accelerator: 'v100' },
  tolerations: [{ key: 'sku', operator: 'Equal', value: 'gpu', effect: 'NoSchedule' }],
};

/** Slices of a GPU, as the strategy "mixed" announces them, on nodes of their own. */
export const SLICES: KubernetesPlacement['gpus'][number] = {
  sku: 'mig-1g.10gb',
  counts: [1, 2],
  onlyByName: true,
  resource: 'nvidia.com/mig-1g.10gb',
  nodes: { ...GPU_NODES, selector: { accelerator: 'sliced' } },
};

/** From a pod that waits to its new node, milliseconds: mostly minutes on a real cluster, here mostly less. */
const SCALE_UPS_MS = [2_000, 20_000, 60_000, 120_000, 300_000] as const;
/** A kubelet looks for logs to rotate as often. No program of a run prints as much. */
const ROTATION = { bytes: 10 * 1024 * 1024, everyMs: 10_000 };

const GPU_TAINT = { key: 'sku', value: 'gpu', effect: 'NoSchedule' };
const NODE = { memory: '28Gi', pods: '110', 'ephemeral-storage': '100Gi' };

/** What happens next there, whichever pod it happens to. */
export interface ClusterKnobs {
  nextPullMs: number | undefined;
}

export function clusterSettings(random: Random, knobs: ClusterKnobs): KubernetesSettings {
  return {
    ...DEFAULT_KUBERNETES_SETTINGS,
    users: [
      { name: APP, groups: ['system:masters'], token: APP },
      { name: SOMEBODY, groups: ['system:masters'], token: SOMEBODY },
      { name: APP, groups: [], token: POWERLESS },
    ],
    objects: [{ apiVersion: 'v1', kind: 'Namespace', metadata: { name: NAMESPACE } }],
    keptChanges: 50,
    life: clusterLife(random, knobs),
  };
}

function clusterLife(random: Random, knobs: ClusterKnobs): LifeSettings {
  return {
    ...DEFAULT_LIFE,
    logRotation: ROTATION,
    idleNodeMs: random.pick([60_000, 600_000]),
    pools: [
      {
        name: 'system',
        min: 1,
        max: 2,
        instanceType: 'Standard_D4s_v5',
        allocatable: { ...NODE, cpu: '8' },
      },
      {
        name: 'gpunp',
        min: random.pick([0, 0, 1]),
        max: 3,
        instanceType: 'Standard_NC6s_v3',
        allocatable: { ...NODE, cpu: '6', 'nvidia.com/gpu': '1' },
        labels: { ...GPU_NODES.selector },
        taints: [GPU_TAINT],
      },
      {
        name: 'mignp',
        min: 0,
        max: 1,
        instanceType: 'Standard_NC24ads_A100_v4',
        allocatable: { ...NODE, cpu: '23', 'nvidia.com/gpu': '0', 'nvidia.com/mig-1g.10gb': '3' },
        labels: { ...SLICES.nodes?.selector },
        taints: [GPU_TAINT],
      },
    ],
    get scaleUpMs() {
      return random.int(1_000, random.pick(SCALE_UPS_MS));
    },
    get pullMs() {
      return pullMs(random, knobs);
    },
    get startMs() {
      return random.int(50, 2_000);
    },
  };
}
