// Groups of like nodes, as a cluster has them, and the node objects that they are made of.
import type { JsonObject } from '../store/json';

export interface NodePool {
  readonly name: string;
  /** How many nodes there are from the start, and how far an autoscaler goes. */
  readonly min: number;
  readonly max: number;
  /** The VM size: `Standard_NC6s_v3`. */
  readonly instanceType: string;
  readonly allocatable: Readonly<Record<string, string>>;
  readonly labels?: Readonly<Record<string, string>>;
  readonly taints?: readonly { readonly key: string; readonly value?: string; readonly effect: string }[];
}

/** The name of its node with that number, as AKS names them. */
export function nodeName(pool: NodePool, number: number): string {
  return `aks-${pool.name}-${String(number).padStart(6, '0')}`;
}

/** What the kubelet of a new node registers, ready; `at` as the API writes a time. */
export function nodeOf(pool: NodePool, number: number, at: string): JsonObject {
  const name = nodeName(pool, number);
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: {
      name,
      labels: {
        agentpool: pool.name,
        'beta.kubernetes.io/arch': 'amd64',
        'beta.kubernetes.io/os': 'linux',
        'kubernetes.azure.com/agentpool': pool.name,
        'kubernetes.io/arch': 'amd64',
        'kubernetes.io/hostname': name,
        'kubernetes.io/os': 'linux',
        'node.kubernetes.io/instance-type': pool.instanceType,
        ...pool.labels,
      },
      annotations: { 'node.alpha.kubernetes.io/ttl': '0' },
    },
    spec: {
      providerID: `azure:///subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/mc_local/providers/Microsoft.Compute/virtualMachineScaleSets/aks-${pool.name}-vmss/virtualMachines/${number}`,
      ...(pool.taints && { taints: pool.taints.map((taint) => ({ ...taint })) }),
    },
    status: {
      capacity: { ...pool.allocatable },
      allocatable: { ...pool.allocatable },
      conditions: CONDITIONS.map(([type, status, reason, message]) => ({
        type,
        status,
        lastHeartbeatTime: at,
        lastTransitionTime: at,
        reason,
        message,
      })),
      addresses: [
        { type: 'InternalIP', address: '127.0.0.1' },
        { type: 'Hostname', address: name },
      ],
      daemonEndpoints: { kubeletEndpoint: { Port: KUBELET_PORT } },
      nodeInfo: {
        machineID: '',
        systemUUID: '',
        bootID: '',
        kernelVersion: 'local',
        osImage: 'local stand-in',
        containerRuntimeVersion: 'containerd://local',
        kubeletVersion: 'v1.36.3',
        kubeProxyVersion: '',
        operatingSystem: 'linux',
        architecture: 'amd64',
      },
    },
  };
}

/** Where the API server reaches a kubelet; messages name it. */
export const KUBELET_PORT = 10250;

const CONDITIONS = [
  ['MemoryPressure', 'False', 'KubeletHasSufficientMemory', 'kubelet has sufficient memory available'],
  ['DiskPressure', 'False', 'KubeletHasNoDiskPressure', 'kubelet has no disk pressure'],
  ['PIDPressure', 'False', 'KubeletHasSufficientPID', 'kubelet has sufficient PID available'],
  ['Ready', 'True', 'KubeletReady', 'kubelet is posting ready status'],
] as const;
