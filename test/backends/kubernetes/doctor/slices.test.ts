import { createClusterReads } from '../../../../backends/kubernetes/doctor/cluster-reads';
import { standingCosts } from '../../../../backends/kubernetes/doctor/standing-costs';
import { checksOf, clusterApi, GPU_POOL, placementWith, runGpuPod, setCluster } from './cluster-to-inspect';

const SLICES = 'nvidia.com/mig-1g.10gb';
const sliced = {
  ...GPU_POOL,
  instanceType: 'Standard_NC24ads_A100_v4',
  allocatable: { cpu: '23', memory: '200Gi', pods: '110', 'nvidia.com/gpu': '0', [SLICES]: '7' },
};
const nodes = placementWith().gpus[0]?.nodes;
const entry = (sku = 'mig-1g.10gb', more = {}) => ({
  sku,
  counts: [1],
  nodes,
  node: 'Standard_NC24ads_A100_v4' as const,
  ...more,
});

async function found(pool: typeof GPU_POOL, gpu = entry()) {
  const stage = setCluster({ pools: [pool] });
  await stage.advance(1_000);
  return checksOf(stage, placementWith({ gpus: [gpu] }));
}

test('nodes that announce the slices are well, and the plugin is there for them', async () => {
  const checks = await found(sliced);
  expect(checks.get('aks mig-1g.10gb')).toEqual({
    name: 'aks mig-1g.10gb',
    standing: 'ok',
    detail: '1 of 1 nodes ready, 7 GPUs in all (gpunp)',
  });
  expect(checks.get('aks device plugin')?.standing).toBe('ok');
});

test('nodes that announce whole GPUs in their place are told, with the strategy that the plugin needs', async () => {
  const whole = { ...sliced, allocatable: { ...sliced.allocatable, 'nvidia.com/gpu': '1', [SLICES]: '0' } };
  expect((await found(whole)).get('aks mig-1g.10gb')).toMatchObject({
    standing: 'failed',
    detail: `1 of 1 nodes that mig-1g.10gb selects show no allocatable ${SLICES} (they have nvidia.com/gpu)`,
    todo: expect.stringContaining('MIG strategy "mixed"') as unknown,
  });
});

test('without a node it names the command for a pool that is cut so', async () => {
  const none = { ...sliced, min: 0 };
  expect(
    (await found(none, entry('small', { resource: 'nvidia.com/mig-2g.20gb' }))).get('aks small')?.todo,
  ).toContain('--gpu-instance-profile MIG2g');
});

test('a DaemonSet of another maker is no second plugin, and its GPUs are GPUs', async () => {
  const pool = { ...sliced, allocatable: { ...sliced.allocatable, 'amd.com/gpu': '1' } };
  const container = { name: 'plugin', image: 'rocm/k8s-device-plugin' };
  const labels = { app: 'amd' };
  const amd = {
    apiVersion: 'apps/v1',
    kind: 'DaemonSet',
    metadata: { name: 'amdgpu-device-plugin-daemonset', namespace: 'kube-system' },
    spec: {
      selector: { matchLabels: labels },
      template: { metadata: { labels }, spec: { containers: [container] } },
    },
  };
  const stage = setCluster({ pools: [pool], more: [amd] });
  await stage.advance(1_000);
  const gpus = [entry(), entry('MI300X', { resource: 'amd.com/gpu' })];
  const check = (await checksOf(stage, placementWith({ gpus }))).get('aks device plugin');
  expect(check?.detail).not.toContain('two device plugins');
  expect((await checksOf(stage, placementWith({ gpus }))).get('aks MI300X')?.standing).toBe('ok');
});

test('a node on which slices of another kind are in use is not idle', async () => {
  const other = 'nvidia.com/mig-3g.40gb';
  const both = { ...sliced, allocatable: { ...sliced.allocatable, [other]: '1' } };
  const stage = setCluster({ pools: [both] });
  await stage.advance(1_000);
  const gpus = [entry(), entry('mig-3g.40gb')];
  const costs = async () => standingCosts(placementWith({ gpus }), createClusterReads(clusterApi(stage)));
  expect(await costs()).toHaveLength(1);
  await runGpuPod(stage, 'aks-gpunp-000000', other);
  expect(await costs()).toEqual([]);
});
