// An API server of a test's own: real https on loopback, whose answers the test writes.
import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:https';

import type { TokenCredential } from '@azure/core-auth';

import type { ClusterParts } from '../../../../backends/kubernetes/cluster/create-cluster-api';
import { issueCertificate } from '../../../../standins/tls/certificate';

const DAY_MS = 24 * 3_600_000;

/** Good for `localhost` and 127.0.0.1 today, by an authority of its own. */
export function certificateNow(): ReturnType<typeof issueCertificate> {
  return issueCertificate({
    from: new Date(Date.now() - DAY_MS),
    until: new Date(Date.now() + DAY_MS),
    hosts: ['localhost', '127.0.0.1'],
  });
}

export interface ApiServer {
  /** `https://127.0.0.1:PORT`. */
  readonly origin: string;
  readonly port: number;
  readonly authority: string;
  /** What was asked, in order: the method, the path and the bearer token. */
  readonly asked: { readonly method: string; readonly path: string; readonly token: string | undefined }[];
  /** How many connections were taken. */
  connections(): number;
  close(): Promise<void>;
}

/** A body is read before `answer` is called. */
export async function startApiServer(
  answer: (request: IncomingMessage, response: ServerResponse, body: string) => void,
): Promise<ApiServer> {
  const { authority, certificate, privateKey } = certificateNow();
  const asked: { method: string; path: string; token: string | undefined }[] = [];
  let connections = 0;
  const server = createServer(
    { cert: certificate, key: privateKey, requestCert: true, rejectUnauthorized: false },
    (request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        asked.push({
          method: request.method ?? '',
          path: request.url ?? '',
          token: request.headers.authorization?.replace(/^Bearer /, ''),
        });
        answer(request, response, Buffer.concat(chunks).toString());
      });
    },
  );
  server.on('connection', () => (connections += 1));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server has no port.');
  return {
    origin: `https://127.0.0.1:${address.port}`,
    port: address.port,
    authority,
    asked,
    connections: () => connections,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

/** A kubeconfig in JSON, which is YAML too. */
export function kubeconfigOf(
  cluster: Readonly<Record<string, unknown>>,
  user: Readonly<Record<string, unknown>>,
): string {
  return JSON.stringify({
    'current-context': 'jobs',
    contexts: [{ name: 'jobs', context: { cluster: 'c', user: 'u' } }],
    clusters: [{ name: 'c', cluster }],
    users: [{ name: 'u', user }],
  });
}

export const base64 = (text: string): string => Buffer.from(text).toString('base64');

/** A kubeconfig for a server, with a token. */
export function trusting(server: ApiServer, token: string): string {
  return kubeconfigOf(
    { server: server.origin, 'certificate-authority-data': base64(server.authority) },
    { token },
  );
}

const NO_CREDENTIAL: TokenCredential = { getToken: () => Promise.reject(new Error('no credential here')) };

/** Parts that hold nothing but what a test gives them. */
export function parts(given: Partial<ClusterParts> = {}): ClusterParts {
  return {
    armEndpoint: new URL('http://127.0.0.1:1'),
    credential: NO_CREDENTIAL,
    secretOf: (name) => Promise.reject(new Error(`no secret ${name}`)),
    environment: {},
    clock: { now: () => Date.now() },
    readText: (path) => Promise.reject(Object.assign(new Error(`no ${path}`), { code: 'ENOENT' })),
    ...given,
  };
}
