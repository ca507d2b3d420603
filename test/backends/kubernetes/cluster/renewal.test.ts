// A 401 while the app runs: the credentials are had anew, and the request is sent once more.
import type { ServerResponse } from 'node:http';

import type { ClusterApi, ClusterRequest } from '../../../../backends/kubernetes/cluster/cluster-api';
import { createClusterApi } from '../../../../backends/kubernetes/cluster/create-cluster-api';
import { RetryableError, TerminalError } from '../../../../domain/errors';
import { type ApiServer, parts, startApiServer, trusting } from './api-server';

const GET: ClusterRequest = { method: 'GET', path: '/api/v1/pods?limit=1', timeoutMs: 20_000 };
const POST: ClusterRequest = {
  method: 'POST',
  path: '/apis/batch/v1/namespaces/gpu-jobs/jobs?fieldValidation=Strict',
  body: { kind: 'Job' },
  timeoutMs: 20_000,
};
const OLD = 'old-token-that-nobody-may-read';
const NEW = 'new-token-that-nobody-may-read';

interface Stage {
  readonly api: ClusterApi;
  readonly server: ApiServer;
  /** The tokens that the server takes, and the one that the vault's kubeconfig holds. */
  good: readonly string[];
  held: string;
  /** What reading the vault comes to; left out: the kubeconfig. */
  vault?: () => Promise<string>;
  /** How often the vault was read. */
  reads: number;
  now: number;
}

let stage: Stage;

beforeEach(async () => {
  const server = await startApiServer((request, response) => {
    const token = request.headers.authorization?.replace(/^Bearer /, '') ?? '';
    answer(response, stage.good.includes(token) ? 200 : 401);
  });
  const api = createClusterApi(
    { kubeconfig: { secretRef: 'cluster' } },
    parts({
      secretOf: () => {
        stage.reads += 1;
        return stage.vault?.() ?? Promise.resolve(trusting(server, stage.held));
      },
      clock: { now: () => stage.now },
    }),
  );
  stage = { api, server, good: [OLD], held: OLD, reads: 0, now: Date.now() };
});
afterEach(() => stage.server.close());

function answer(response: ServerResponse, status: number): void {
  response.writeHead(status).end('{"kind":"Status"}');
}

const tokens = (): (string | undefined)[] => stage.server.asked.map(({ token }) => token);

/** The error of a request; none may tell a token. */
async function failure(request: ClusterRequest): Promise<Error> {
  const thrown: unknown = await stage.api.send(request).catch((error: unknown) => error);
  if (!(thrown instanceof Error)) throw new Error('An answer came.');
  const told = JSON.stringify([thrown.message, thrown.stack, thrown, thrown.cause]);
  for (const token of [OLD, NEW]) expect(told).not.toContain(token);
  return thrown;
}

/** The server takes the new token alone from now on; the vault holds it. */
function rotate(): void {
  stage.good = [NEW];
  stage.held = NEW;
}

test('a refused token is replaced by the one that the vault has by now, and the request is sent once more', async () => {
  await stage.api.send(GET);
  rotate();
  expect((await stage.api.send(POST)).status).toBe(200);
  expect(tokens()).toEqual([OLD, OLD, NEW]);
  expect(stage.server.asked.map(({ method }) => method)).toEqual(['GET', 'POST', 'POST']);
  expect((await stage.api.send(GET)).status).toBe(200);
  expect([tokens().at(-1), stage.reads]).toEqual([NEW, 2]);
});

test('a token that is refused again is not sent a third time, and the 401 is the answer', async () => {
  stage.good = [];
  expect((await stage.api.send(GET)).status).toBe(401);
  expect([tokens(), stage.reads]).toEqual([[OLD, OLD], 2]);
});

test('requests that are refused one after the other renew no more than once in ten seconds', async () => {
  stage.good = [];
  await stage.api.send(GET);
  expect((await stage.api.send(GET)).status).toBe(401);
  expect([stage.server.asked.length, stage.reads]).toEqual([3, 2]);
  stage.now += 10_000;
  rotate();
  expect((await stage.api.send(GET)).status).toBe(200);
  expect([tokens().slice(3), stage.reads]).toEqual([[OLD, NEW], 3]);
});

test('requests that are refused at the same time renew together', async () => {
  await stage.api.send(GET);
  rotate();
  const answers = await Promise.all(Array.from({ length: 5 }, () => stage.api.send(GET)));
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
  expect(stage.reads).toBe(2);
  expect(tokens().filter((token) => token === NEW)).toHaveLength(5);
});

test('first requests that come at the same time read the credentials once', async () => {
  await Promise.all([stage.api.send(GET), stage.api.send(GET), stage.api.send(POST)]);
  expect([stage.reads, stage.server.asked.length]).toEqual([1, 3]);
});

describe('credentials that come too late', () => {
  it('before the first request leave nothing sent, and say so', async () => {
    stage.vault = () => new Promise(() => undefined);
    const error = await failure({ ...POST, timeoutMs: 50 });
    expect(error).toBeInstanceOf(RetryableError);
    expect(error.message).toBe(
      'The credentials for the cluster were not there within 50 ms, so nothing was sent: POST /apis/batch/v1/namespaces/gpu-jobs/jobs.',
    );
    expect(stage.server.asked).toEqual([]);
  });

  it('after a 401 do not claim that nothing was sent: the request was, and was refused', async () => {
    await stage.api.send(GET);
    stage.good = [];
    stage.vault = () => new Promise(() => undefined);
    const error = await failure({ ...POST, timeoutMs: 500 });
    expect(error).toBeInstanceOf(RetryableError);
    expect(error.message).toBe(
      'The API server refused the credentials (401), so nothing was carried out, and newer ones were not there within 500 ms: POST /apis/batch/v1/namespaces/gpu-jobs/jobs.',
    );
    expect(stage.server.asked.map(({ method }) => method)).toEqual(['GET', 'POST']);
  });

  it('serve the next request once they are there', async () => {
    let bring: (kubeconfig: string) => void = () => undefined;
    stage.vault = () => new Promise((resolve) => (bring = resolve));
    await failure({ ...GET, timeoutMs: 50 });
    bring(trusting(stage.server, OLD));
    expect((await stage.api.send(GET)).status).toBe(200);
    expect(stage.reads).toBe(1);
  });
});

describe('credentials that can’t be had', () => {
  it('now, before the first request, leave nothing sent', async () => {
    stage.vault = () => Promise.reject(new RetryableError('The vault did not answer.'));
    const error = await failure(POST);
    expect(error).toBeInstanceOf(RetryableError);
    expect(error.message).toBe(
      'Nothing was sent (POST /apis/batch/v1/namespaces/gpu-jobs/jobs), for there are no credentials: The vault did not answer.',
    );
    expect(stage.server.asked).toEqual([]);
  });

  it('now, after a 401, leave nothing carried out', async () => {
    await stage.api.send(GET);
    stage.good = [];
    stage.vault = () => Promise.reject(new RetryableError('The vault did not answer.'));
    const error = await failure(POST);
    expect(error.message).toBe(
      'The API server refused the credentials (401), so nothing was carried out (POST /apis/batch/v1/namespaces/gpu-jobs/jobs), and newer ones could not be had: The vault did not answer.',
    );
  });

  it('at all are told as they are, and asked for again by the next request', async () => {
    stage.vault = () => Promise.reject(new TerminalError('The vault has no such secret.'));
    const error = await failure(POST);
    expect(error).toBeInstanceOf(TerminalError);
    expect(error.message).toBe('The vault has no such secret.');
    delete stage.vault;
    expect((await stage.api.send(GET)).status).toBe(200);
  });
});
