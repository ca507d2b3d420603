// What Resource Manager may refuse of a cluster of AKS, and what is told of it.
import type { ClusterRequest } from '../../../../backends/kubernetes/cluster/cluster-api';
import { RetryableError, TerminalError } from '../../../../domain/errors';
import { type AksStage, failureOf, KUBELOGIN, setAksStage } from './aks-stage';
import { managerError } from './resource-manager';

const GET: ClusterRequest = { method: 'GET', path: '/version', timeoutMs: 20_000 };

let stage: AksStage;
beforeEach(async () => {
  stage = await setAksStage();
});
afterEach(() => stage.close());

it.each([
  'https://management.azure.com',
  '797f4846-ba00-4fd7-ba43-dac1f8f63013',
  'E406A681-F3D4-42A8-90B6-C2B029497AF1',
  'cfa8b339-82a2-471a-a3c9-0fc0be7a4093',
  'ca7f3f0b-7d91-482c-8e09-c5d840d0eac5',
])('a kubeconfig that asks for a token for the service %s of Azure gets none', async (service) => {
  stage.managed = stage.withUser({ exec: { command: 'kubelogin', args: ['--server-id', service] } });
  const error = await failureOf(stage.api);
  expect(error).toBeInstanceOf(TerminalError);
  expect(error.message).toContain(`a token for "${service}", which is no API server's application`);
  expect([stage.scopes, stage.server.asked]).toEqual([[], []]);
});

const MANAGER =
  'Resource Manager did not say how to reach the AKS cluster "gpu" in resource group "jobs/rg" of subscription sub 1: ';

describe('a refusal of Resource Manager', () => {
  it('of a cluster whose local accounts are turned off, and that has no others, says how to have them', async () => {
    const said =
      'Getting static credential is not allowed because this cluster is set to disable local accounts.';
    stage.managed = { status: 400, body: managerError('BadRequest', said) };
    const error = await failureOf(stage.api);
    expect(error).toBeInstanceOf(TerminalError);
    expect(error.message).toBe(
      `${MANAGER}400 BadRequest, ${said} The cluster has local accounts alone, and they are turned off: turn Entra on ("az aks update --enable-aad").`,
    );
  });

  const MISSING = managerError('ResourceNotFound', 'The Resource gpu was not found.');
  const FORBIDDEN = managerError('AuthorizationFailed', 'The client has no authorization.');
  const ROLE = " Give the app's identity the role Azure Kubernetes Service Cluster User Role on the cluster.";
  it.each([
    [
      401,
      managerError('InvalidAuthenticationToken', 'Expired.'),
      `401 InvalidAuthenticationToken, Expired.${ROLE}`,
    ],
    [403, FORBIDDEN, `403 AuthorizationFailed, The client has no authorization.${ROLE}`],
    [
      404,
      MISSING,
      '404 ResourceNotFound, The Resource gpu was not found. The "cluster": { "aks": { … } } of the placement must name one that is there.',
    ],
    [409, managerError('Conflict', 'The cluster is stopped.'), '409 Conflict, The cluster is stopped.'],
  ])('of %i is terminal, and says what to do', async (status, body, said) => {
    stage.managed = { status, body };
    const error = await failureOf(stage.api);
    expect(error).toBeInstanceOf(TerminalError);
    expect(error.message).toBe(`${MANAGER}${said}`);
    expect([stage.server.asked, stage.scopes]).toEqual([[], []]);
  });

  it.each([
    [408, '', '408.'],
    [429, managerError('TooManyRequests', 'Slow down.'), '429 TooManyRequests, Slow down.'],
    [500, '<html>a proxy</html>', '500.'],
    [503, managerError('ServiceUnavailable', 'Later.'), '503 ServiceUnavailable, Later.'],
  ])('of %i may pass, and the next request asks again', async (status, body, said) => {
    stage.managed = { status, body };
    const error = await failureOf(stage.api);
    expect(error).toBeInstanceOf(RetryableError);
    expect(error.message).toContain(`${MANAGER}${said}`);
    expect(stage.manager.asked).toHaveLength(1);
    stage.managed = stage.withUser(KUBELOGIN);
    expect((await stage.api.send(GET)).status).toBe(200);
  });

  it.each([
    ['no kubeconfig', JSON.stringify({ kubeconfigs: [] })],
    ['what is no base64', JSON.stringify({ kubeconfigs: [{ name: 'clusterUser', value: '!' }] })],
    ['something else', 'no JSON'],
  ])('is what an answer with %s is', async (_, body) => {
    stage.managed = { status: 200, body };
    const error = await failureOf(stage.api);
    expect(error).toBeInstanceOf(RetryableError);
    expect(error.message).toContain(
      'Resource Manager\'s answer for the AKS cluster "gpu" has no kubeconfig in it.',
    );
  });

  it('is no answer where it is not there', async () => {
    // Nothing listens there.
    const error = await failureOf(stage.reach(new URL('http://127.0.0.1:1')));
    expect(error).toBeInstanceOf(RetryableError);
    expect(error.message).toContain('Resource Manager did not say how to reach the AKS cluster "gpu": ');
  });
});

test('Resource Manager itself is asked with a token of its own, which is never sent in clear text', async () => {
  // Nothing listens there: the token is asked for before the connection.
  const error = await failureOf(stage.reach(new URL('https://127.0.0.1:1')));
  expect(error).toBeInstanceOf(RetryableError);
  expect(stage.scopes).toEqual([['https://127.0.0.1:1/.default']]);
  expect(stage.manager.asked).toEqual([]);
});
