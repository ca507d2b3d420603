// Workload identity, as AKS gives it to the pods that ask for it.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { LOCAL_WORKLOAD_IDENTITY } from '../../../standins/kubernetes/local-cluster';
import { removeShares, setVolumeStage, sharesFolder } from './volume-stage';

let folder: string;
beforeEach(() => {
  folder = sharesFolder();
});
afterEach(() => removeShares(folder));

const TRAINER = { serviceAccountName: 'trainer' };

test('a pod with the label is told who it is, and finds a token for Entra', async () => {
  const stage = await setVolumeStage(folder, { prints: [] }, { workloadIdentity: LOCAL_WORKLOAD_IDENTITY });
  const metadata = { labels: { 'azure.workload.identity/use': 'true' } };
  await stage.podWith(
    [],
    [],
    { env: [{ name: 'AZURE_TENANT_ID', value: 'mine' }] },
    { ...TRAINER, metadata },
  );
  expect(stage.starts[0]?.environment).toMatchObject({
    AZURE_CLIENT_ID: '00000000-0000-0000-0000-0000000000c1',
    AZURE_TENANT_ID: 'mine',
    AZURE_FEDERATED_TOKEN_FILE: '/var/run/secrets/azure/tokens/azure-identity-token',
  });
  const tokens = stage.mountedAt('/var/run/secrets/azure/tokens');
  const [, claims = ''] = readFileSync(join(tokens, 'azure-identity-token'), 'utf8').split('.');
  expect(JSON.parse(Buffer.from(claims, 'base64url').toString())).toMatchObject({
    aud: ['api://AzureADTokenExchange'],
    sub: 'system:serviceaccount:gpu-jobs:trainer',
  });
});

test.each([
  ['without the label', { workloadIdentity: LOCAL_WORKLOAD_IDENTITY }, {}],
  ['of a cluster without it', {}, { labels: { 'azure.workload.identity/use': 'true' } }],
])('a pod %s is given nothing', async (_what, settings, metadata) => {
  const stage = await setVolumeStage(folder, { prints: [] }, settings);
  await stage.podWith([], [], {}, { ...TRAINER, metadata });
  expect(Object.keys(stage.starts[0]?.environment ?? {})).not.toContain('AZURE_CLIENT_ID');
});
