// The nodes of the recorder's clusters, as their kubelet registered them.
import type { JsonObject } from '../../../standins/kubernetes/store/json';
import type { Scene } from './scene';

export const GPU_NODE = 'aks-gpunp-000000';

/** `at`: when the nodes registered, as the API writes a time. */
export function nodesOf({ nodes = 1, plainNode = false }: Scene, at: string): readonly JsonObject[] {
  return [
    ...(nodes > 0 ? [node(GPU_NODE, true, at)] : []),
    ...(plainNode ? [node('aks-system-000000', false, at)] : []),
  ];
}

/** Where AKS keeps the machines of a node pool. */
const MACHINES =
  'azure:///subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/mc_rg_aks_eastus' +
  '/providers/Microsoft.Compute/virtualMachineScaleSets';

/** The labels and the address in the cloud that AKS gives a node of a pool. */
export function ofPool(name: string, pool: string): { labels: Record<string, string>; providerID: string } {
  return {
    labels: {
      agentpool: pool,
      'beta.kubernetes.io/arch': 'amd64',
      'beta.kubernetes.io/os': 'linux',
      'kubernetes.azure.com/agentpool': pool,
      'kubernetes.io/arch': 'amd64',
      'kubernetes.io/hostname': name,
      'kubernetes.io/os': 'linux',
    },
    providerID: `${MACHINES}/aks-${pool}-vmss/virtualMachines/0`,
  };
}

export const GPU_TAINT = { key: 'sku', value: 'gpu', effect: 'NoSchedule' };

/** As the recorder's own machine was (N02). */
function node(name: string, hasGpu: boolean, at: string): JsonObject {
  const { labels, providerID } = ofPool(name, hasGpu ? 'gpunp' : 'system');
  const resources = {
    cpu: '2',
    'hugepages-1Gi': '0',
    'hugepages-2Mi': '0',
    pods: '110',
    ...(hasGpu && { 'nvidia.com/gpu': '1' }),
  };
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: {
      name,
      labels: { ...(hasGpu && { accelerator: 'nvidia' }), ...labels },
      annotations: {
        'node.alpha.kubernetes.io/ttl': '0',
        'volumes.kubernetes.io/controller-managed-attach-detach': 'true',
      },
    },
    spec: { providerID, ...(hasGpu && { taints: [GPU_TAINT] }) },
    status: {
      capacity: { ...resources, 'ephemeral-storage': '264212084Ki', memory: '24683652Ki' },
      allocatable: { ...resources, 'ephemeral-storage': '267847642337', memory: '24581252Ki' },
      conditions: [
        condition(at, 'MemoryPressure', 'False', 'KubeletHasSufficientMemory'),
        condition(at, 'DiskPressure', 'False', 'KubeletHasNoDiskPressure'),
        condition(at, 'PIDPressure', 'False', 'KubeletHasSufficientPID'),
        condition(at, 'Ready', 'True', 'KubeletReady'),
      ],
      addresses: [
        { type: 'InternalIP', address: '127.0.0.1' },
        { type: 'Hostname', address: name },
      ],
      daemonEndpoints: { kubeletEndpoint: { Port: 10_250 } },
      nodeInfo: {
        machineID: '0'.repeat(32),
        systemUUID: '0'.repeat(32),
        bootID: '20000000-0000-4000-8000-000000000000',
        kernelVersion: '6.1.0',
        osImage: 'Debian GNU/Linux 12 (bookworm)',
        containerRuntimeVersion: 'containerd://1.6.20',
        kubeletVersion: 'v1.36.3',
        kubeProxyVersion: '',
        operatingSystem: 'linux',
        architecture: 'amd64',
      },
      images: [
        { names: ['mcr.microsoft.com/azuredocs/samples-tf-mnist-demo:gpu'], sizeBytes: 2_007_778 },
        { names: ['docker.io/library/busybox:local'], sizeBytes: 2_007_750 },
        { names: ['localhost/pause:local'], sizeBytes: 686_800 },
      ],
      declaredFeatures: [
        'ExtendWebSocketsToKubelet',
        'InPlacePodLevelResourcesVerticalScaling',
        'InPlacePodVerticalScalingInitContainers',
        'RestartAllContainersOnContainerExits',
      ],
    },
  };
}

function condition(at: string, type: string, status: string, reason: string): JsonObject {
  return { type, status, lastHeartbeatTime: at, lastTransitionTime: at, reason, message: 'as registered' };
}
