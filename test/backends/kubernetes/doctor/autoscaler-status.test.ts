import { nodeGroupsOf, poolOf } from '../../../../backends/kubernetes/doctor/autoscaler-status';

/** As the autoscaler has written it since 1.30. */
const YAML = `autoscalerStatus: Running
clusterWide:
  health:
    nodeCounts:
      registered:
        ready: 4
        total: 4
    status: Healthy
nodeGroups:
- health:
    cloudProviderTarget: 3
    maxSize: 3
    minSize: 2
    nodeCounts:
      registered:
        ready: 3
        total: 3
    status: Healthy
  name: aks-user-25795745-vmss
  scaleUp:
    backoffInfo: {}
    status: NoActivity
- health:
    cloudProviderTarget: 0
    maxSize: 5
    status: Healthy
  name: aks-gpu-np-25795745-vmss
time: 2026-10-02 14:29:22 +0000 UTC
`;

/** As it wrote it before. */
const TEXT = `Cluster-autoscaler status at 2021-10-19 19:06:40 +0000 UTC:
Cluster-wide:
  Health:      Healthy (ready=3 unready=0 notStarted=0 longNotStarted=0 registered=3 longUnregistered=0)
               LastProbeTime:      2021-10-19 19:06:40 +0000 UTC m=+433068.5

NodeGroups:
  Name:        aks-gpunp-11111111-vmss
  Health:      Healthy (ready=1 unready=0 notStarted=0 registered=1 longUnregistered=0 cloudProviderTarget=1 (minSize=1, maxSize=10))
               LastProbeTime:      2021-10-19 19:06:40 +0000 UTC m=+433068.5
  ScaleUp:     NoActivity (ready=1 cloudProviderTarget=1)

  Name:        aks-spot-11111111-vmss
  Health:      Healthy (ready=0 unready=0 notStarted=0 registered=0 longUnregistered=0 cloudProviderTarget=0 (minSize=0, maxSize=4))
`;

test.each([
  [
    'in YAML',
    YAML,
    [
      { name: 'aks-user-25795745-vmss', min: 2, max: 3, target: 3 },
      { name: 'aks-gpu-np-25795745-vmss', min: 0, max: 5, target: 0 },
    ],
  ],
  [
    'as text',
    TEXT,
    [
      { name: 'aks-gpunp-11111111-vmss', min: 1, max: 10, target: 1 },
      { name: 'aks-spot-11111111-vmss', min: 0, max: 4, target: 0 },
    ],
  ],
  ['that has no groups', 'autoscalerStatus: Initializing\n', []],
])('a status %s is read', (_form, status, groups) => {
  expect(nodeGroupsOf(status)).toEqual(groups);
});

test('the pool of a group is what its scale set is named after', () => {
  const names = ['aks-gpu-np-25795745-vmss', 'aks-gpunp-vmss', 'gke-cluster-pool-grp'];
  expect(names.map((name) => poolOf({ name, min: 0, max: 1, target: 0 }))).toEqual([
    'gpu-np',
    'gpunp',
    undefined,
  ]);
});
