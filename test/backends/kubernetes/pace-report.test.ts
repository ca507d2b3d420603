// What an API server says of the rate of requests, from its answer on the wire to the pace of a placement.
import type { IncomingMessage, ServerResponse } from 'node:http';

import { createClusterApi } from '../../../backends/kubernetes/cluster/create-cluster-api';
import { createKubernetesBackend } from '../../../backends/kubernetes/kubernetes-backend';
import { KUBERNETES_TRAITS } from '../../../backends/kubernetes/traits';
import { identityMarks } from '../../../backends/workload-marks';
import { createPace, type Pace, type PaceReport } from '../../../domain/placement/pace';
import type { ComputeBackend } from '../../../domain/ports/compute-backend';
import { requestOf } from '../../contract/backend-stage';
import { barePlacement, REF } from './bare-placement';
import { type ApiServer, parts, startApiServer, trusting } from './cluster/api-server';

let server: ApiServer;
let answer: (request: IncomingMessage, response: ServerResponse) => void;
let backend: ComputeBackend;
let pace: Pace;
let told: PaceReport[];
let now: number;

beforeEach(async () => {
  server = await startApiServer((request, response) => answer(request, response));
  now = 1_000_000;
  told = [];
  pace = createPace({ now: () => now, monotonic: () => now }, () => KUBERNETES_TRAITS.requests);
  const api = createClusterApi(
    barePlacement.cluster,
    parts({ secretOf: () => Promise.resolve(trusting(server, 'token')) }),
  );
  backend = createKubernetesBackend(
    barePlacement,
    () => api,
    (report) => {
      told.push(report);
      pace.onPace('cluster', report);
    },
  );
});
afterEach(() => server.close());

/** As priority and fairness refuses (recording M40), with what it wants to be waited. */
function refuse(headers: Readonly<Record<string, string>>): void {
  answer = (_, response) =>
    response
      .writeHead(429, {
        ...headers,
        'content-type': 'text/plain; charset=utf-8',
        'x-kubernetes-pf-flowschema-uid': '2b1e3c0e-4d0a-4f1c-9f43-a4a3e7b4f3a1',
        'x-kubernetes-pf-prioritylevel-uid': '0a52f4f5-91e5-4a8f-8a6c-c7dcf8b0f7aa',
      })
      .end('Too many requests, please try again later.\n');
}

it('a refused look slows the looks down for as long as the server says, and no create', async () => {
  refuse({ 'retry-after': '7' });
  expect(await backend.observe(REF)).toMatchObject({ kind: 'unreadable' });
  expect(told).toEqual([{ kind: 'read', throttled: true, retryAfterMs: 7_000 }]);
  expect([pace.leastPollMs('cluster'), pace.createPause('cluster')]).toEqual([7_000, undefined]);
  now += 7_000;
  expect(pace.leastPollMs('cluster')).toBe(0);
});

it('a refused create is refused as throttled, and pauses creates for as long as the server says', async () => {
  refuse({ 'retry-after': '1' });
  expect(await backend.create(requestOf(REF))).toMatchObject({
    kind: 'refused',
    reason: { code: 'throttled' },
  });
  expect(told).toEqual([{ kind: 'create', throttled: true, retryAfterMs: 1_000 }]);
  expect(pace.createPause('cluster')).toEqual({ until: now + 1_000, why: 'throttled' });
});

it('a time to wait may be a date by the server’s own clock', async () => {
  refuse({ date: 'Thu, 01 Jan 2026 00:00:00 GMT', 'retry-after': 'Thu, 01 Jan 2026 00:00:12 GMT' });
  await backend.observe(REF);
  expect(told).toEqual([{ kind: 'read', throttled: true, retryAfterMs: 12_000 }]);
});

it.each([[{}], [{ 'retry-after': 'soon' }]])(
  'a refusal that names no usable time (%j) slows looks down for half a minute',
  async (headers) => {
    refuse(headers);
    await backend.observe(REF);
    expect([told, pace.leastPollMs('cluster')]).toEqual([[{ kind: 'read', throttled: true }], 30_000]);
  },
);

it('a refused delete pauses creates, for each create needs a delete later', async () => {
  const job = { metadata: { name: REF.name, uid: 'u1', labels: identityMarks(REF) }, spec: {}, status: {} };
  answer = (request, response) => {
    if (request.method === 'DELETE') response.writeHead(429, { 'retry-after': '3' }).end('Too many requests');
    else response.end(JSON.stringify(request.url?.includes('/jobs/') === true ? job : { items: [] }));
  };
  await expect(backend.remove(REF)).rejects.toThrow('HTTP 429 Too many requests');
  expect(told.at(-1)).toEqual({ kind: 'delete', throttled: true, retryAfterMs: 3_000 });
  expect(pace.createPause('cluster')).toEqual({ until: now + 3_000, why: 'throttled' });
});

it('an answer that is no refusal says nothing, whatever headers it has', async () => {
  answer = (_, response) =>
    response.writeHead(404, { 'retry-after': '9', 'x-kubernetes-pf-flowschema-uid': 'u' }).end('{}');
  await backend.observe(REF);
  expect(told).toEqual([{ kind: 'read', throttled: false }]);
  expect([pace.leastPollMs('cluster'), pace.createPause('cluster')]).toEqual([0, undefined]);
});
