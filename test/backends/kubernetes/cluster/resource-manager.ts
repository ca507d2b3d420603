// Azure Resource Manager of a test's own: real http on loopback, which knows one request, the credentials of a cluster.
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';

export interface ScriptedManager {
  readonly endpoint: URL;
  /** What was asked, in order: the method, the path with its query, and whether a token came with it. */
  readonly asked: { readonly method: string; readonly path: string; readonly hasToken: boolean }[];
  close(): Promise<void>;
}

export async function startManager(
  answer: (request: IncomingMessage, response: ServerResponse) => void,
): Promise<ScriptedManager> {
  const asked: { method: string; path: string; hasToken: boolean }[] = [];
  const server = createServer((request, response) => {
    request.resume().on('end', () => {
      asked.push({
        method: request.method ?? '',
        path: request.url ?? '',
        hasToken: request.headers.authorization !== undefined,
      });
      answer(request, response);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server has no port.');
  return {
    endpoint: new URL(`http://127.0.0.1:${address.port}`),
    asked,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

/** The answer of `listClusterUserCredential` with this kubeconfig. */
export function credentialsWith(kubeconfig: string): string {
  return JSON.stringify({
    kubeconfigs: [{ name: 'clusterUser', value: Buffer.from(kubeconfig).toString('base64') }],
  });
}

/** An error in Resource Manager's envelope. */
export function managerError(code: string, message: string): string {
  return JSON.stringify({ error: { code, message } });
}
