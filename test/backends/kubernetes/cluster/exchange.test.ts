// Requests over real https: what answers become, and what each way to get none is called.
import type { IncomingMessage, ServerResponse } from 'node:http';
import { TLSSocket } from 'node:tls';

import type { ClusterApi, ClusterRequest } from '../../../../backends/kubernetes/cluster/cluster-api';
import { createClusterApi } from '../../../../backends/kubernetes/cluster/create-cluster-api';
import { RetryableError, TerminalError } from '../../../../domain/errors';
import { VERSION } from '../../../../domain/version';
import {
  type ApiServer,
  base64,
  certificateNow,
  kubeconfigOf,
  parts,
  startApiServer,
  trusting,
} from './api-server';

const TOKEN = 'token-that-nobody-may-read';
const GET: ClusterRequest = { method: 'GET', path: '/api/v1/pods?limit=1', timeoutMs: 20_000 };
const MIB = 1024 * 1024;

type Answering = Parameters<typeof startApiServer>[0];
let server: ApiServer | undefined;
afterEach(async () => {
  await server?.close();
  server = undefined;
});

/** The way to a server by a kubeconfig. */
function by(kubeconfig: string): ClusterApi {
  return createClusterApi(
    { kubeconfig: { secretRef: 'cluster' } },
    parts({ secretOf: () => Promise.resolve(kubeconfig) }),
  );
}

async function started(answer: Answering): Promise<ClusterApi> {
  server = await startApiServer(answer);
  return by(trusting(server, TOKEN));
}

/** The error of a request; none may tell the token. */
async function failure(api: ClusterApi, request: Partial<ClusterRequest> = {}): Promise<Error> {
  const thrown: unknown = await api.send({ ...GET, ...request }).catch((error: unknown) => error);
  if (!(thrown instanceof Error)) throw new Error('An answer came.');
  expect(JSON.stringify([thrown.message, thrown.stack, thrown])).not.toContain(TOKEN);
  return thrown;
}

const json =
  (status: number, headers: Record<string, string> = {}) =>
  (_: IncomingMessage, response: ServerResponse): void => {
    response.writeHead(status, headers).end('{"kind":"Status"}');
  };

describe('an answer', () => {
  it('is one whatever its status, with the server’s time and when to ask again', async () => {
    const api = await started(
      json(429, { date: 'Thu, 01 Jan 2026 00:00:00 GMT', 'retry-after': '7', 'content-type': 'text/plain' }),
    );
    expect(await api.send(GET)).toEqual({
      status: 429,
      body: Buffer.from('{"kind":"Status"}'),
      isCut: false,
      serverTime: Date.UTC(2026, 0, 1),
      retryAfterS: 7,
    });
  });

  it('comes to a request that says who asks, for what, and with which body', async () => {
    let headers: IncomingMessage['headers'] = {};
    let sent = '';
    const api = await started((request, response, body) => {
      headers = request.headers;
      sent = body;
      response.end();
    });
    await api.send({
      ...GET,
      method: 'PATCH',
      body: { metadata: { name: 'ü' } },
      contentType: 'application/merge-patch+json',
      accept: 'application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1',
    });
    expect(headers).toMatchObject({
      accept: 'application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1',
      authorization: `Bearer ${TOKEN}`,
      'content-type': 'application/merge-patch+json',
      'content-length': '26',
      'user-agent': `gpu-job-runner/${VERSION}`,
    });
    expect(sent).toBe('{"metadata":{"name":"ü"}}');
    expect(server?.asked).toEqual([{ method: 'PATCH', path: '/api/v1/pods?limit=1', token: TOKEN }]);
  });

  it('comes over one connection for many requests in turn', async () => {
    const api = await started(json(200));
    for (let turn = 0; turn < 5; turn += 1) await api.send(GET);
    expect([server?.asked.length, server?.connections()]).toEqual([5, 1]);
  });

  it('comes from below the server’s own path', async () => {
    await started(json(200));
    const ca = base64(server?.authority ?? '');
    const origin = server?.origin ?? '';
    const user = { token: TOKEN };
    for (const path of ['/clusters/one', '/clusters/one/'])
      await by(kubeconfigOf({ server: `${origin}${path}`, 'certificate-authority-data': ca }, user)).send(
        GET,
      );
    expect(server?.asked.map(({ path }) => path)).toEqual([
      '/clusters/one/api/v1/pods?limit=1',
      '/clusters/one/api/v1/pods?limit=1',
    ]);
  });

  it('of 10 MB is read whole', async () => {
    const body = Buffer.alloc(10_000_000, 'line of a log\n');
    const api = await started((_, response) => response.end(body));
    const answer = await api.send(GET);
    expect([answer.body.equals(body), answer.isCut]).toEqual([true, false]);
  });

  it('is cut where the request asks for it, and only beyond its limit', async () => {
    const api = await started((_, response) => response.end('12345678'));
    const texts = await Promise.all(
      [7, 8, 9].map(async (mostBytes) => {
        const { body, isCut } = await api.send({ ...GET, mostBytes, cut: true });
        return [body.toString(), isCut];
      }),
    );
    expect(texts).toEqual([
      ['1234567', true],
      ['12345678', false],
      ['12345678', false],
    ]);
  });

  it('without an end is cut as well, and the next request is served', async () => {
    const api = await started((request, response) => {
      if (request.url === '/endless') response.write(Buffer.alloc(MIB));
      else response.end('next');
    });
    const { body, isCut } = await api.send({ ...GET, path: '/endless', mostBytes: 1000, cut: true });
    expect([body.length, isCut]).toEqual([1000, true]);
    expect((await api.send(GET)).body.toString()).toBe('next');
  });
});

describe('a client certificate', () => {
  it('is shown to the server, and no token is sent beside it', async () => {
    const client = certificateNow();
    let shown = '';
    await started((request, response) => {
      if (request.socket instanceof TLSSocket)
        shown = request.socket.getPeerX509Certificate()?.toString() ?? '';
      response.end();
    });
    const api = by(
      kubeconfigOf(
        { server: server?.origin, 'certificate-authority-data': base64(server?.authority ?? '') },
        {
          'client-certificate-data': base64(client.certificate),
          'client-key-data': base64(client.privateKey),
        },
      ),
    );
    await api.send(GET);
    expect(shown).toBe(client.certificate);
    expect(server?.asked[0]?.token).toBeUndefined();
  });
});

describe('no answer', () => {
  it('after a reset names the host and what happened', async () => {
    const api = await started((request) => request.socket.destroy());
    const error = await failure(api, { method: 'POST', body: {} });
    expect(error).toBeInstanceOf(RetryableError);
    expect(error.message).toBe(
      `The API server 127.0.0.1:${server?.port ?? 0} broke the connection (ECONNRESET): POST /api/v1/pods.`,
    );
    expect(server?.asked).toHaveLength(1);
  });

  it.each([
    ['of a known length', { 'content-length': '100' }],
    ['in chunks', {}],
  ])('is what an answer %s is that breaks off', async (_, headers) => {
    const api = await started((request, response) => {
      response.writeHead(200, headers);
      response.write('half', () => request.socket.destroy());
    });
    const error = await failure(api);
    expect(error).toBeInstanceOf(RetryableError);
    expect(error.message).toContain('broke the connection');
    expect(server?.asked).toHaveLength(1);
  });

  it.each([
    ['keeps silent', () => undefined],
    [
      'begins and goes no further',
      (_: IncomingMessage, response: ServerResponse) => {
        response.writeHead(200).write('half');
      },
    ],
  ])('comes in time from a server that %s', async (_, answer: Answering) => {
    const api = await started(answer);
    const error = await failure(api, { timeoutMs: 100 });
    expect(error).toBeInstanceOf(RetryableError);
    expect(error.message).toContain('did not answer within 100 ms');
  });

  it('is what an answer is that is longer than what is read of one', async () => {
    const api = await started((_, response) => response.end('12345678'));
    const error = await failure(api, { mostBytes: 7 });
    expect(error).toBeInstanceOf(RetryableError);
    expect(error.message).toBe(
      'The answer to GET /api/v1/pods is longer than the 7 bytes that are read of one.',
    );
  });

  it('comes from a server that is not there', async () => {
    const api = await started(json(200));
    const port = server?.port ?? 0;
    await server?.close();
    server = undefined;
    const error = await failure(api);
    expect(error).toBeInstanceOf(RetryableError);
    expect(error.message).toContain(
      `127.0.0.1:${port} refused the connection (ECONNREFUSED), so nothing was sent`,
    );
  });
});

describe('a server that the kubeconfig does not trust', () => {
  it('is sent nothing, whoever signed its certificate', async () => {
    await started(json(200));
    const other = certificateNow();
    const api = by(
      kubeconfigOf(
        { server: server?.origin, 'certificate-authority-data': base64(other.authority) },
        { token: TOKEN },
      ),
    );
    const error = await failure(api);
    expect(error).toBeInstanceOf(TerminalError);
    expect(error.message).toContain('does not trust');
    expect(server?.asked).toEqual([]);
  });

  it('is one whose certificate has another name than the host or tls-server-name', async () => {
    await started(json(200));
    const cluster = {
      server: server?.origin,
      'certificate-authority-data': base64(server?.authority ?? ''),
    };
    const user = { token: TOKEN };
    const named = (name: string): ClusterApi =>
      by(kubeconfigOf({ ...cluster, 'tls-server-name': name }, user));
    const error = await failure(named('kubernetes.default'));
    expect(error).toBeInstanceOf(TerminalError);
    expect(error.message).toContain('ERR_TLS_CERT_ALTNAME_INVALID');
    expect((await named('localhost').send(GET)).status).toBe(200);
  });
});
