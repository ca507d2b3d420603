import { createClusterReads } from '../../../../backends/kubernetes/doctor/cluster-reads';
import { standingCosts } from '../../../../backends/kubernetes/doctor/standing-costs';
import type { StandingCost } from '../../../../domain/money/standing-cost';
import type { Stage } from '../../../standins/kubernetes/support';
import { clusterApi, GPU_POOL, placementWith, runGpuPod, setCluster } from './cluster-to-inspect';

const costs = (
  stage: Stage,
  over: Parameters<typeof placementWith>[0] = {},
): Promise<readonly StandingCost[] | undefined> =>
  standingCosts(placementWith(over), createClusterReads(clusterApi(stage)));

/** What the autoscaler tells of the pool. */
const minimum = (min: number): Parameters<typeof setCluster>[0] => ({
  more: [
    {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'cluster-autoscaler-status', namespace: 'kube-system' },
      data: {
        status: `nodeGroups:\n- health:\n    cloudProviderTarget: ${min}\n    maxSize: 3\n    minSize: ${min}\n  name: aks-gpunp-1-vmss\n`,
      },
    },
  ],
});

test('an idle node is named with the price of all that it has, and one that runs a program is not', async () => {
  const stage = setCluster({ pools: [{ ...GPU_POOL, min: 2 }] });
  await stage.advance(1_000);
  await runGpuPod(stage, 'aks-gpunp-000001');
  const found = await costs(stage, { prices: { t4: 0.5, cpu: 0.01 } });
  expect(found).toMatchObject([
    { what: 'node aks-gpunp-000000 (Standard_NC4as_T4_v3, pool gpunp) is idle', perHour: 0.54 },
  ]);
});

test('without a price for the GPU none is told', async () => {
  const stage = setCluster();
  await stage.advance(1_000);
  expect((await costs(stage, { prices: { A100: 3 } }))?.map(({ perHour }) => perHour)).toEqual([undefined]);
});

test('nodes that the placement does not select are not its cost', async () => {
  const stage = setCluster();
  await stage.advance(1_000);
  const gpus = [{ sku: 'T4', counts: [1], nodes: { selector: { agentpool: 'other' } } }];
  expect(await costs(stage, { gpus })).toEqual([]);
});

test('a minimum above 0 is named with the price of so many nodes, and what lets it go down to none', async () => {
  const stage = setCluster(minimum(2));
  await stage.advance(1_000);
  await runGpuPod(stage, 'aks-gpunp-000000');
  expect(await costs(stage)).toEqual([
    {
      what: 'pool gpunp never has fewer than 2 nodes',
      perHour: 1,
      todo: '"az aks nodepool update --subscription sub --resource-group rg --cluster-name jobs --name gpunp --update-cluster-autoscaler --min-count 0 --max-count 3" lets it go down to none.',
    },
  ]);
});

test('a minimum of 0 costs nothing', async () => {
  const stage = setCluster(minimum(0));
  await stage.advance(1_000);
  await runGpuPod(stage, 'aks-gpunp-000000');
  expect(await costs(stage)).toEqual([]);
});

test('who may not list nodes is told nothing rather than that nothing costs', async () => {
  expect(await costs(setCluster({ doctor: [] }))).toBeUndefined();
});
