import { type Check } from '../../../../domain/backend/check';
import type { JsonObject } from '../../../../standins/kubernetes/store/json';
import { checksOf, GPU_POOL, manifest, placementWith, setCluster } from './cluster-to-inspect';

type Objects = readonly JsonObject[];

const T4 = { sku: 'T4', counts: [1], nodes: placementWith().gpus[0]?.nodes };

function quota(hard: Readonly<Record<string, string>>): Objects {
  return [
    {
      apiVersion: 'v1',
      kind: 'ResourceQuota',
      metadata: { name: 'team', namespace: 'gpu-jobs' },
      spec: { hard },
    },
  ];
}

function plugin(namespace: string, name: string, more: object = {}): Objects[number] {
  const spec = {
    containers: [{ name: 'plugin', image: 'nvcr.io/nvidia/k8s-device-plugin:v0.18.0' }],
    ...more,
  };
  return {
    apiVersion: 'apps/v1',
    kind: 'DaemonSet',
    metadata: { name, namespace },
    spec: {
      selector: { matchLabels: { name } },
      template: { metadata: { labels: { name } }, spec },
    },
  };
}

const OPERATOR: Objects = [
  { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'gpu-operator' } },
  plugin('gpu-operator', 'nvidia-device-plugin-daemonset'),
];

interface Case {
  readonly what: string;
  readonly cluster?: Parameters<typeof setCluster>[0];
  readonly placement?: Parameters<typeof placementWith>[0];
  /** Without the placement's name. */
  readonly look: string;
  readonly standing: Check['standing'];
  readonly detail: string;
  readonly todo: string;
}

const CASES: readonly Case[] = [
  {
    what: 'a namespace that is missing',
    cluster: { hasNamespace: false },
    look: 'namespace',
    standing: 'failed',
    detail: 'namespace gpu-jobs does not exist',
    todo: 'kubectl create namespace gpu-jobs',
  },
  {
    what: 'a namespace that enforces more than the jobs keep to',
    placement: { podSecurity: 'baseline' },
    look: 'namespace',
    standing: 'failed',
    detail: 'enforces "restricted", and the placement\'s jobs keep to "baseline" only',
    todo: '"podSecurity": "restricted"',
  },
  {
    what: 'no rights at all',
    cluster: { runner: [] },
    look: 'rights',
    standing: 'failed',
    detail: '"gpu-runner" may not create jobs.batch, get jobs.batch',
    todo: 'kubectl create rolebinding gpu-job-runner -n gpu-jobs --role gpu-job-runner --user "gpu-runner"',
  },
  {
    what: 'a quota without GPUs',
    cluster: { more: quota({ 'requests.nvidia.com/gpu': '0' }) },
    look: 'quota',
    standing: 'failed',
    detail: 'quota team allows 0 of requests.nvidia.com/gpu, and the smallest job takes 1',
    todo: 'kubectl edit resourcequota team -n gpu-jobs',
  },
  {
    what: 'a quota without memory for the smallest job',
    cluster: { more: quota({ 'limits.memory': '1Gi' }) },
    look: 'quota',
    standing: 'failed',
    detail: 'quota team allows 1Gi of limits.memory',
    todo: 'kubectl edit resourcequota team',
  },
  {
    what: 'a quota of something that the pods of jobs never name',
    cluster: { more: quota({ 'limits.ephemeral-storage': '10Gi' }) },
    look: 'quota',
    standing: 'failed',
    detail: 'limits limits.ephemeral-storage, so pods must name it',
    todo: 'LimitRange',
  },
  {
    what: 'a limit range below the smallest job',
    cluster: {
      more: [
        {
          apiVersion: 'v1',
          kind: 'LimitRange',
          metadata: { name: 'small', namespace: 'gpu-jobs' },
          spec: { limits: [{ type: 'Container', max: { cpu: '500m' } }] },
        },
      ],
    },
    look: 'limit ranges',
    standing: 'warning',
    detail: 'LimitRange small gives a Container at most 500m of cpu',
    todo: 'kubectl edit limitrange small -n gpu-jobs',
  },
  {
    what: 'no node with the labels',
    placement: { gpus: [{ ...T4, nodes: { selector: { agentpool: 'a100' } } }] },
    look: 'T4',
    standing: 'warning',
    detail: 'no node has the labels agentpool=a100 now',
    todo: 'az aks nodepool list --subscription sub --resource-group rg --cluster-name jobs',
  },
  {
    what: 'a pool at 0 that the autoscaler may grow',
    cluster: {
      pools: [{ ...GPU_POOL, min: 0 }],
      more: [
        {
          apiVersion: 'v1',
          kind: 'ConfigMap',
          metadata: { name: 'cluster-autoscaler-status', namespace: 'kube-system' },
          data: {
            status:
              'nodeGroups:\n- health:\n    cloudProviderTarget: 0\n    maxSize: 2\n    minSize: 0\n  name: aks-gpunp-12345678-vmss\n',
          },
        },
      ],
    },
    look: 'T4',
    standing: 'warning',
    detail: 'pools at 0 that the autoscaler may grow: gpunp (0 to 2)',
    todo: 'az aks nodepool add',
  },
  {
    what: 'nodes without allocatable GPUs',
    cluster: { pools: [{ ...GPU_POOL, allocatable: { cpu: '4', memory: '28Gi', pods: '110' } }] },
    look: 'T4',
    standing: 'failed',
    detail: '1 of 1 nodes that T4 selects show no allocatable nvidia.com/gpu',
    todo: 'docs/kubernetes.md, "The device plugin"',
  },
  {
    what: 'a count that no node has',
    placement: { gpus: [{ ...T4, counts: [1, 4] }] },
    look: 'T4',
    standing: 'warning',
    detail: 'the largest node has 1 × T4, so a job with 4 fits none',
    todo: 'Take 4 out of its "counts"',
  },
  {
    what: 'counts of which no node has any',
    placement: { gpus: [{ ...T4, counts: [2, 4] }] },
    look: 'T4',
    standing: 'failed',
    detail: 'a job with 2 or 4 fits none',
    todo: 'Take 2, 4 out of its "counts"',
  },
  {
    what: "a pool's taint that no toleration covers",
    placement: { gpus: [{ sku: 'T4', counts: [1], nodes: { selector: { agentpool: 'gpunp' } } }] },
    look: 'T4',
    standing: 'failed',
    detail: '1 of 1 nodes (gpunp) have taints that no toleration covers: sku=gpu:NoSchedule',
    todo: '"tolerations": [{"key":"sku","operator":"Equal","value":"gpu","effect":"NoSchedule"}]',
  },
  {
    what: 'the taint of a Spot pool',
    cluster: {
      pools: [
        {
          ...GPU_POOL,
          taints: [{ key: 'kubernetes.azure.com/scalesetpriority', value: 'spot', effect: 'NoSchedule' }],
        },
      ],
    },
    look: 'T4',
    standing: 'failed',
    detail: 'kubernetes.azure.com/scalesetpriority=spot:NoSchedule',
    todo: '"key":"kubernetes.azure.com/scalesetpriority"',
  },
  {
    what: 'a selector that leads to another GPU',
    cluster: { pools: [{ ...GPU_POOL, instanceType: 'Standard_NC24ads_A100_v4' }] },
    look: 'T4',
    standing: 'failed',
    detail: 'a job with T4 may land on Standard_NC24ads_A100_v4',
    todo: '"selector"',
  },
  {
    what: 'two device plugins, a DaemonSet and the GPU operator',
    cluster: { plugins: [...manifest('device-plugin.yaml'), ...OPERATOR] },
    look: 'device plugin',
    standing: 'failed',
    detail: 'two device plugins run on one node',
    todo: 'kubectl delete daemonset',
  },
  {
    what: 'a DaemonSet on nodes whose plugin AKS manages',
    cluster: { pools: [{ ...GPU_POOL, labels: { 'kubernetes.azure.com/dcgm-exporter': 'enabled' } }] },
    look: 'device plugin',
    standing: 'failed',
    detail:
      'AKS manages the device plugin of 1 nodes, and gpu-resources/nvidia-device-plugin-daemonset runs there',
    todo: 'kubectl delete daemonset nvidia-device-plugin-daemonset -n gpu-resources',
  },
  {
    what: 'no device plugin at all',
    cluster: { plugins: [], pools: [] },
    look: 'device plugin',
    standing: 'warning',
    detail: 'there is no device plugin and no node with a GPU',
    todo: 'kubectl apply -f infra/kubernetes/device-plugin.yaml',
  },
  {
    what: 'a pool of a retired size',
    cluster: { pools: [{ ...GPU_POOL, instanceType: 'Standard_NC6s_v3' }] },
    look: 'sizes',
    standing: 'failed',
    detail: 'Standard_NC6s_v3 (pool gpunp) is of series NCv3 (V100), which Azure retired on 2025-09-30',
    todo: 'Standard_NC4as_T4_v3',
  },
  {
    what: 'a retired size that only the placement names',
    cluster: { pools: [] },
    placement: {
      gpus: [
        {
          sku: 'K80',
          counts: [1],
          nodes: { selector: { 'node.kubernetes.io/instance-type': 'Standard_NC6' } },
        },
      ],
    },
    look: 'sizes',
    standing: 'failed',
    detail: 'Standard_NC6 is of series NC (K80), which Azure retired on 2023-08-31',
    todo: 'docs/kubernetes.md',
  },
  {
    what: 'an idle node, with its price',
    look: 'standing cost',
    standing: 'warning',
    detail: 'node aks-gpunp-000000 (Standard_NC4as_T4_v3, pool gpunp) is idle, $0.50 an hour',
    todo: 'az aks nodepool update',
  },
];

test.each(CASES)('$what is found, with what mends it', async (one) => {
  const stage = setCluster(one.cluster);
  await stage.advance(1_000);
  const found = (await checksOf(stage, placementWith(one.placement))).get(`aks ${one.look}`);
  expect(found).toMatchObject({ standing: one.standing });
  expect(found?.detail).toContain(one.detail);
  expect(found?.todo).toContain(one.todo);
});
