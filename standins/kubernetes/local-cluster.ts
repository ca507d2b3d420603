// The cluster of the local stack: one user, one namespace for jobs, and a GPU pool that begins empty, as on AKS.
import type { NodePool } from './node/node-pool';
import type { KubernetesUser } from './settings';
import type { JsonObject } from './store/json';

/** Where the jobs of the local stack run. */
export const LOCAL_NAMESPACE = 'gpu-jobs';

/** Names of the cluster, its user and its context in a kubeconfig. */
const LOCAL_NAME = 'gpu-jobs-local';

export function localUser(token: string): KubernetesUser {
  return { name: 'local-admin', groups: ['system:masters'], token };
}

/** What is there from the start. */
export const LOCAL_OBJECTS: readonly JsonObject[] = [
  { apiVersion: 'v1', kind: 'Namespace', metadata: { name: LOCAL_NAMESPACE } },
];

/** `gpuNodes`: how many nodes with one GPU each the pool grows to; `gpuNodesLeast`: from how many. */
export function localPools(gpuNodesLeast: number, gpuNodes: number): readonly NodePool[] {
  return [
    {
      name: 'system',
      min: 1,
      max: 1,
      instanceType: 'Standard_D4s_v5',
      allocatable: { cpu: '4', memory: '16Gi', pods: '110', 'ephemeral-storage': '100Gi' },
    },
    {
      name: 'gpunp',
      min: gpuNodesLeast,
      max: gpuNodes,
      instanceType: 'Standard_NC4as_T4_v3',
      allocatable: {
        cpu: '4',
        memory: '28Gi',
        pods: '110',
        'ephemeral-storage': '100Gi',
        'nvidia.com/gpu': '1',
      },
      labels: { accelerator: 'nvidia' },
      taints: [{ key: 'sku', value: 'gpu', effect: 'NoSchedule' }],
    },
  ];
}

/**
 * A kubeconfig for `kubectl` and for a placement: the server, the authority (in PEM) that signed its certificate, and
 * the token. Kubernetes' own clients send no token over plain http, which needs no authority.
 */
export function localKubeconfig(server: string, token: string, authority?: string): string {
  const trusted =
    authority === undefined
      ? ''
      : `, certificate-authority-data: '${Buffer.from(authority).toString('base64')}'`;
  return [
    'apiVersion: v1',
    'kind: Config',
    'clusters:',
    `  - name: ${LOCAL_NAME}`,
    `    cluster: { server: '${server}'${trusted} }`,
    'users:',
    `  - name: ${LOCAL_NAME}`,
    `    user: { token: '${token}' }`,
    'contexts:',
    `  - name: ${LOCAL_NAME}`,
    `    context: { cluster: ${LOCAL_NAME}, user: ${LOCAL_NAME}, namespace: ${LOCAL_NAMESPACE} }`,
    `current-context: ${LOCAL_NAME}`,
    '',
  ].join('\n');
}
