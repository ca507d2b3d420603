// The cluster of the local stack: one user, one namespace for jobs with a service account and two claims in it, and a
// GPU pool that begins empty, as on AKS.
import { LOCAL_ACCOUNT } from '../files/local-account';
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

/** Claims of the namespace for jobs, each on the share of its name. */
const LOCAL_CLAIMS = ['results', 'data'];

/** A service account of the namespace for jobs, to whose tokens Entra would give those of an identity. */
const LOCAL_SERVICE_ACCOUNT = 'trainer';

/** As AKS tells pods; the tenant is that of the local stand-in for Entra. */
export const LOCAL_WORKLOAD_IDENTITY = {
  tenantId: '00000000-0000-0000-0000-0000000000aa',
  authority: 'https://login.microsoftonline.com/',
};

/** What is there from the start. */
export const LOCAL_OBJECTS: readonly JsonObject[] = [
  { apiVersion: 'v1', kind: 'Namespace', metadata: { name: LOCAL_NAMESPACE } },
  {
    apiVersion: 'v1',
    kind: 'ServiceAccount',
    metadata: {
      name: LOCAL_SERVICE_ACCOUNT,
      namespace: LOCAL_NAMESPACE,
      annotations: { 'azure.workload.identity/client-id': '00000000-0000-0000-0000-0000000000c1' },
    },
  },
  {
    apiVersion: 'storage.k8s.io/v1',
    kind: 'StorageClass',
    metadata: { name: 'azurefile-csi' },
    provisioner: 'file.csi.azure.com',
    reclaimPolicy: 'Delete',
    volumeBindingMode: 'Immediate',
  },
  ...LOCAL_CLAIMS.flatMap(shareAndClaim),
];

/** A share that exists already, as a volume, and the claim that is to have it. */
function shareAndClaim(name: string): readonly JsonObject[] {
  const spec = { accessModes: ['ReadWriteMany'], storageClassName: 'azurefile-existing' };
  return [
    {
      apiVersion: 'v1',
      kind: 'PersistentVolume',
      metadata: { name: `${LOCAL_ACCOUNT}-${name}` },
      spec: {
        ...spec,
        capacity: { storage: '100Gi' },
        persistentVolumeReclaimPolicy: 'Retain',
        csi: {
          driver: 'file.csi.azure.com',
          volumeHandle: `${LOCAL_ACCOUNT}#${name}`,
          volumeAttributes: { storageAccount: LOCAL_ACCOUNT, shareName: name },
        },
      },
    },
    {
      apiVersion: 'v1',
      kind: 'PersistentVolumeClaim',
      metadata: { name, namespace: LOCAL_NAMESPACE },
      spec: {
        ...spec,
        volumeName: `${LOCAL_ACCOUNT}-${name}`,
        resources: { requests: { storage: '100Gi' } },
      },
    },
  ];
}

const GPU_TAINT = { key: 'sku', value: 'gpu', effect: 'NoSchedule' };

/**
 * `gpuNodes`: how many nodes with one GPU each their pool grows to; `gpuNodesLeast`: from how many. A node with eight
 * GPUs comes for a job that asks for so many, and one with slices of a GPU for a job that asks for those.
 */
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
      taints: [GPU_TAINT],
    },
    {
      name: 'gpu8np',
      min: 0,
      max: 1,
      instanceType: 'Standard_ND96amsr_A100_v4',
      allocatable: {
        cpu: '95',
        memory: '1800Gi',
        pods: '110',
        'ephemeral-storage': '1000Gi',
        'nvidia.com/gpu': '8',
      },
      labels: { accelerator: 'nvidia-a100' },
      taints: [GPU_TAINT],
    },
    // As the strategy "mixed" announces a GPU that is cut into seven slices.
    {
      name: 'mignp',
      min: 0,
      max: 1,
      instanceType: 'Standard_NC24ads_A100_v4',
      allocatable: {
        cpu: '23',
        memory: '200Gi',
        pods: '110',
        'ephemeral-storage': '100Gi',
        'nvidia.com/gpu': '0',
        'nvidia.com/mig-1g.10gb': '7',
      },
      labels: { accelerator: 'nvidia-a100-mig' },
      taints: [GPU_TAINT],
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
