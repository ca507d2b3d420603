// The right by which the app is told the way to a cluster of AKS: it is taken, no other is, and without it the way is
// refused.
import { aksKubeconfig } from '../../../../backends/kubernetes/cluster/aks-kubeconfig';
import { AKS_RIGHTS } from '../../../../backends/kubernetes/rights';
import { TerminalError } from '../../../../domain/errors';
import { createRightsGate, type RightsGate } from '../../../../standins/rights/gate';
import type { Assignment } from '../../../../standins/rights/grants';
import { differences, OWNER } from '../../../support/rights/in-use';
import { credentialsWith, type ScriptedManager, startManager } from './resource-manager';

const CLUSTER = { subscriptionId: 'sub', resourceGroup: 'clusters', name: 'gpu' };
const SCOPE = `/subscriptions/sub/resourceGroups/clusters/providers/Microsoft.ContainerService/managedClusters/gpu`;
const APP: readonly Assignment[] = [{ scope: SCOPE, actions: AKS_RIGHTS }];

let manager: ScriptedManager | undefined;
afterEach(() => manager?.close());

async function ask(roles: readonly Assignment[]): Promise<{ told: Promise<string>; gate: RightsGate }> {
  const gate = createRightsGate(() => roles);
  manager = await startManager((request, response) => {
    const url = new URL(request.url ?? '', 'http://127.0.0.1');
    const refusal = gate.answer({ method: request.method ?? '', url, headers: {}, body: Buffer.alloc(0) });
    const headers = { 'content-type': 'application/json' };
    response.writeHead(refusal?.status ?? 200, headers).end(refusal?.body ?? credentialsWith('a kubeconfig'));
  });
  const credential = { getToken: () => Promise.resolve(null) };
  return { told: aksKubeconfig(CLUSTER, manager.endpoint, credential), gate };
}

test('to be told the way takes the right of the list, and no other', async () => {
  const { told, gate } = await ask(OWNER);
  await told;
  expect(differences(APP, gate.asked)).toEqual({ unused: [], unlisted: [] });
});

test('the way is told to whoever has this right alone', async () => {
  const { told } = await ask(APP);
  expect(await told).toBe('a kubeconfig');
});

test('without it the refusal says which role to give', async () => {
  const { told } = await ask([]);
  await expect(told).rejects.toThrow(TerminalError);
  await expect(told).rejects.toThrow(
    /listClusterUserCredential.*Azure Kubernetes Service Cluster User Role/s,
  );
});
