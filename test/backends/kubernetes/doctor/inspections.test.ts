import { checksOf, runGpuPod, setCluster } from './cluster-to-inspect';

test('a cluster that is set up by the manifests is well, look by look', async () => {
  const stage = setCluster();
  await stage.advance(1_000);
  await runGpuPod(stage, 'aks-gpunp-000000');
  const checks = [...(await checksOf(stage)).values()];
  expect(checks.filter(({ standing }) => standing !== 'ok')).toEqual([]);
  expect(checks.map(({ name, detail }) => `${name}: ${detail}`)).toEqual([
    'aks: AKS cluster jobs in rg answers, Kubernetes v1.36.3',
    'aks rights: "gpu-runner" may do all of 14 things that a job\'s life takes in gpu-jobs',
    'aks namespace: gpu-jobs enforces "restricted", jobs keep to "restricted"',
    'aks quota: namespace gpu-jobs has none',
    'aks limit ranges: namespace gpu-jobs has none',
    'aks T4: 1 of 1 nodes ready, 1 GPUs in all (gpunp)',
    'aks device plugin: DaemonSet gpu-resources/nvidia-device-plugin-daemonset',
    'aks sizes: Standard_NC4as_T4_v3: none is known as retired',
    'aks standing cost: no GPU node is idle',
  ]);
});

test('what this identity may not read is skipped, with the role that would let it, and nothing else is', async () => {
  const checks = [...(await checksOf(setCluster({ doctor: [] }))).values()];
  const skipped = checks.filter(({ standing }) => standing === 'skipped');
  expect(skipped.map(({ name }) => name)).toEqual([
    'aks namespace',
    'aks limit ranges',
    'aks T4',
    'aks device plugin',
    'aks standing cost',
  ]);
  for (const { todo } of skipped) expect(todo).toContain('infra/kubernetes/doctor.yaml');
  expect(checks.filter(({ standing }) => standing === 'failed')).toEqual([]);
});
