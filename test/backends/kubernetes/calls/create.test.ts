// What becomes of a create whose request got no answer: refused where nothing can come of it, else unknown.
import type { IncomingMessage, ServerResponse } from 'node:http';

import { createClusterApi } from '../../../../backends/kubernetes/cluster/create-cluster-api';
import { createKubernetesBackend } from '../../../../backends/kubernetes/kubernetes-backend';
import type { CreateAnswer } from '../../../../domain/ports/compute-backend';
import { requestOf } from '../../../contract/backend-stage';
import { barePlacement, REF } from '../bare-placement';
import { type ApiServer, parts, startApiServer, trusting } from '../cluster/api-server';

let server: ApiServer;
afterEach(() => server.close());

/** The answer to a create whose request `answer` is sent. */
async function created(
  answer: (request: IncomingMessage, response: ServerResponse) => void,
  { kubeconfig, timeoutMs = 10_000 }: { kubeconfig?: () => string; timeoutMs?: number } = {},
): Promise<CreateAnswer> {
  server = await startApiServer(answer);
  const api = createClusterApi(
    barePlacement.cluster,
    parts({ secretOf: () => Promise.resolve(kubeconfig?.() ?? trusting(server, 'token')) }),
  );
  return createKubernetesBackend(barePlacement, () => api).create({ ...requestOf(REF), timeoutMs });
}

const ok = (_: IncomingMessage, response: ServerResponse): void => {
  response.writeHead(201).end('{"kind":"Job"}');
};

it('is accepted by the server that takes it', async () => {
  expect(await created(ok)).toEqual({ kind: 'accepted' });
});

it('is refused by a server that takes no connection: nothing was sent', async () => {
  const gone = await startApiServer(ok);
  await gone.close();
  expect(await created(ok, { kubeconfig: () => trusting(gone, 'token') })).toEqual({
    kind: 'refused',
    reason: {
      code: 'refused',
      class: 'infrastructure',
      message: `The API server 127.0.0.1:${gone.port} refused the connection (ECONNREFUSED), so nothing was sent: POST /apis/batch/v1/namespaces/gpu-jobs/jobs.`,
    },
  });
});

it.each([
  ['breaks the connection', (request: IncomingMessage) => request.socket.destroy(), 10_000],
  ['keeps silent', () => undefined, 200],
])('has an unknown fate where the server %s once it has the request', async (_, answer, timeoutMs) => {
  const { kind } = await created(answer, { timeoutMs });
  expect([kind, server.asked.length]).toEqual(['unknown', 1]);
});

it('is refused where the server takes no credentials and newer ones can’t be had: nothing was created', async () => {
  let reads = 0;
  const answer = await created((_, response) => response.writeHead(401).end(), {
    kubeconfig: () => {
      reads += 1;
      return reads === 1 ? trusting(server, 'token') : 'no: [kubeconfig';
    },
  });
  expect(answer).toMatchObject({ kind: 'refused', reason: { code: 'refused', class: 'infrastructure' } });
});
