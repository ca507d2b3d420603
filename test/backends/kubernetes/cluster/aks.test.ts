// A cluster of AKS: its kubeconfig by Resource Manager, a token of Entra in place of kubelogin's.
import type { ClusterRequest } from '../../../../backends/kubernetes/cluster/cluster-api';
import { RetryableError, TerminalError } from '../../../../domain/errors';
import { type AksStage, APPLICATION, failureOf, HOUR, KUBELOGIN, SECRET, setAksStage } from './aks-stage';
import { base64, certificateNow, startApiServer } from './api-server';

const GET: ClusterRequest = { method: 'GET', path: '/version', timeoutMs: 20_000 };
const MINUTE = 60_000;

let stage: AksStage;
beforeEach(async () => {
  stage = await setAksStage();
});
afterEach(() => stage.close());

/** Which tokens the API server was shown, by their numbers. */
const shown = (): (string | undefined)[] => stage.server.asked.map(({ token }) => token?.split('-')[1]);

/** Lets a renewal beside a request come to its end. */
async function renewed(count: number): Promise<void> {
  while (stage.scopes.length < count) await new Promise((resolve) => setTimeout(resolve, 5));
  await new Promise((resolve) => setTimeout(resolve, 5));
}

describe('a cluster with Entra', () => {
  it('is reached by the kubeconfig of its users and a token for the application that it names', async () => {
    expect((await stage.api.send(GET)).status).toBe(200);
    expect(stage.manager.asked).toEqual([
      {
        method: 'POST',
        path: '/subscriptions/sub%201/resourceGroups/jobs%2Frg/providers/Microsoft.ContainerService/managedClusters/gpu/listClusterUserCredential?api-version=2025-10-01',
        hasToken: false,
      },
    ]);
    expect([stage.scopes, shown()]).toEqual([[`${APPLICATION}/.default`], ['1']]);
  });

  it.each([
    ['none', { exec: { command: 'kubelogin' } }, APPLICATION],
    ['none, in the older form', { 'auth-provider': { name: 'azure' } }, APPLICATION],
    ['its own', { exec: { command: 'kubelogin', args: ['get-token', '--server-id', 'app-7'] } }, 'app-7'],
    [
      'its own, in the older form',
      { 'auth-provider': { name: 'azure', config: { 'apiserver-id': 'app-7' } } },
      'app-7',
    ],
  ])('that names %s is asked with a token for the right application', async (_, user, application) => {
    stage.managed = stage.withUser(user);
    await stage.api.send(GET);
    expect(stage.scopes).toEqual([`${application}/.default`]);
  });

  it('is asked with one token for an hour, but for its last five minutes', async () => {
    await stage.api.send(GET);
    stage.now += 55 * MINUTE - 1;
    await stage.api.send(GET);
    expect([shown(), stage.scopes.length, stage.manager.asked.length]).toEqual([['1', '1'], 1, 1]);
    stage.now += 1;
    await stage.api.send(GET);
    await renewed(2);
    await stage.api.send(GET);
    expect(shown()).toEqual(['1', '1', '1', '2']);
  });

  it('is asked with a new token from when Entra says so', async () => {
    stage.entra = () =>
      Promise.resolve({
        token: `token-${stage.scopes.length}-${SECRET}`,
        expiresOnTimestamp: stage.now + 24 * HOUR,
        refreshAfterTimestamp: stage.now + HOUR,
      });
    await stage.api.send(GET);
    stage.now += HOUR;
    await stage.api.send(GET);
    await renewed(2);
    await stage.api.send(GET);
    expect(shown()).toEqual(['1', '1', '2']);
  });

  it('is never asked with a token of its last thirty seconds', async () => {
    await stage.api.send(GET);
    stage.now += HOUR - 30_000;
    await stage.api.send(GET);
    expect(shown()).toEqual(['1', '2']);
  });

  it('is asked with the token that is still good while Entra gives none, and Entra is asked each half minute', async () => {
    await stage.api.send(GET);
    stage.entra = () => Promise.reject(new Error('Entra is away.'));
    stage.now += 55 * MINUTE;
    for (let turn = 0; turn < 3; turn += 1) await stage.api.send(GET);
    await renewed(2);
    expect([shown(), stage.scopes.length]).toEqual([['1', '1', '1', '1'], 2]);
    stage.now += 30_000;
    await stage.api.send(GET);
    await renewed(3);
    expect(shown()).toEqual(['1', '1', '1', '1', '1']);
  });

  it('is asked with a new token although Resource Manager is away by then', async () => {
    await stage.api.send(GET);
    stage.managed = { status: 503, body: '' };
    stage.now += HOUR;
    await stage.api.send(GET);
    expect([shown(), stage.manager.asked.length]).toEqual([['1', '2'], 2]);
  });

  it('is not asked while Entra gives no token', async () => {
    stage.entra = () => Promise.reject(new Error('ManagedIdentityCredential: no answer'));
    const error = await failureOf(stage.api);
    expect(error).toBeInstanceOf(RetryableError);
    expect(error.message).toBe(
      'Nothing was sent (GET /version), for there are no credentials: Entra gave no token for the API server of the AKS cluster "gpu": ManagedIdentityCredential: no answer',
    );
    expect(stage.server.asked).toEqual([]);
  });

  it('is not asked by an identity that has no tokens', async () => {
    stage.entra = () => Promise.resolve(null);
    const error = await failureOf(stage.api);
    expect(error).toBeInstanceOf(TerminalError);
    expect(error.message).toBe(
      'The app\'s credential gives no tokens for the API server of the AKS cluster "gpu": give the app a managed identity.',
    );
  });
});

describe('a cluster with local accounts alone', () => {
  it('is reached with the certificate of its kubeconfig, and Entra is not asked', async () => {
    const client = certificateNow();
    stage.managed = stage.withUser({
      'client-certificate-data': base64(client.certificate),
      'client-key-data': base64(client.privateKey),
    });
    expect((await stage.api.send(GET)).status).toBe(200);
    expect([stage.scopes, shown()]).toEqual([[], [undefined]]);
  });

  it('whose kubeconfig has no credentials is told so', async () => {
    stage.managed = stage.withUser({});
    expect((await failureOf(stage.api)).message).toBe(
      'The kubeconfig of the AKS cluster "gpu" can\'t be used: its user has neither a token nor a client certificate.',
    );
  });
});

test('a cluster that was moved is found again, once its old address takes no connection', async () => {
  await stage.api.send(GET);
  const { host } = new URL(stage.server.origin);
  await stage.server.close();
  stage.server = await startApiServer((_, response) => response.end('{}'));
  stage.managed = stage.withUser(KUBELOGIN);
  await stage.api.send(GET).catch(() => undefined); // The connection that was kept may be found broken first.
  expect((await failureOf(stage.api)).message).toContain(`${host} refused the connection`);
  await stage.api.send(GET).catch(() => undefined); // It still goes to the old address, and asks anew beside it.
  await renewed(2);
  expect((await stage.api.send(GET)).status).toBe(200);
});
