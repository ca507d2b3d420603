// A cluster of AKS: an API server, Resource Manager and Entra, whose answers a test sets.
import type { AccessToken } from '@azure/core-auth';

import type { ClusterApi } from '../../../../backends/kubernetes/cluster/cluster-api';
import { createClusterApi } from '../../../../backends/kubernetes/cluster/create-cluster-api';
import { type ApiServer, base64, kubeconfigOf, parts, startApiServer } from './api-server';
import { credentialsWith, type ScriptedManager, startManager } from './resource-manager';

export const APPLICATION = '6dae42f8-4368-4678-94ff-3960e28e3630';
export const HOUR = 3_600_000;
/** What no error may tell: the end of each token. */
export const SECRET = 'that-nobody-may-read';

/** As AKS gives it where the cluster uses Entra. */
export const KUBELOGIN = {
  exec: {
    apiVersion: 'client.authentication.k8s.io/v1beta1',
    command: 'kubelogin',
    args: [
      'get-token',
      '--environment',
      'AzurePublicCloud',
      '--server-id',
      APPLICATION,
      '--login',
      'devicecode',
    ],
  },
};

export interface AksStage {
  server: ApiServer;
  readonly manager: ScriptedManager;
  readonly api: ClusterApi;
  /** What Resource Manager answers. */
  managed: { status: number; body: string };
  /** What Entra gives; its tokens are numbered from 1. */
  entra: () => Promise<AccessToken | null>;
  /** For what Entra was asked. */
  readonly scopes: (string | string[])[];
  /** Epoch milliseconds. */
  now: number;
  /** The way to the cluster by another Resource Manager. */
  readonly reach: (armEndpoint: URL) => ClusterApi;
  /** The answer of Resource Manager with a kubeconfig of this user. */
  readonly withUser: (user: Readonly<Record<string, unknown>>) => AksStage['managed'];
  readonly close: () => Promise<void>;
}

/** The cluster uses Entra, and everything answers. */
export async function setAksStage(): Promise<AksStage> {
  const manager = await startManager((_, response) => {
    const { status, body } = stage.managed;
    response.writeHead(status, { 'content-type': 'application/json' }).end(body);
  });
  const scopes: AksStage['scopes'] = [];
  const reach = (armEndpoint: URL): ClusterApi =>
    createClusterApi(
      { aks: { subscriptionId: 'sub 1', resourceGroup: 'jobs/rg', name: 'gpu' } },
      parts({
        armEndpoint,
        credential: {
          getToken: (asked) => {
            scopes.push(asked);
            return stage.entra();
          },
        },
        clock: { now: () => stage.now },
      }),
    );
  const withUser: AksStage['withUser'] = (user) => {
    const { origin, authority } = stage.server;
    const cluster = { server: origin, 'certificate-authority-data': base64(authority) };
    return { status: 200, body: credentialsWith(kubeconfigOf(cluster, user)) };
  };
  const stage: AksStage = {
    server: await startApiServer((_, response) => response.end('{}')),
    manager,
    api: reach(manager.endpoint),
    managed: { status: 500, body: '' },
    entra: () =>
      Promise.resolve({
        token: `token-${scopes.length}-${SECRET}`,
        expiresOnTimestamp: stage.now + HOUR,
      }),
    scopes,
    now: Date.UTC(2026, 0, 1),
    reach,
    withUser,
    close: async () => {
      await Promise.all([stage.server.close(), manager.close()]);
    },
  };
  stage.managed = withUser(KUBELOGIN);
  return stage;
}

/** The error of a request, which must tell no token. */
export async function failureOf(api: ClusterApi): Promise<Error> {
  const thrown: unknown = await api
    .send({ method: 'GET', path: '/version', timeoutMs: 20_000 })
    .catch((error: unknown) => error);
  if (!(thrown instanceof Error)) throw new Error('An answer came.');
  expect(JSON.stringify([thrown.message, thrown.stack, thrown])).not.toContain(SECRET);
  return thrown;
}
