// Tokens in files, which others keep up to date: those of a kubeconfig, and that of the pod that the app runs in.
import type { ClusterApi, ClusterRequest } from '../../../../backends/kubernetes/cluster/cluster-api';
import { createClusterApi } from '../../../../backends/kubernetes/cluster/create-cluster-api';
import type { ClusterReference } from '../../../../backends/kubernetes/placement';
import { TerminalError } from '../../../../domain/errors';
import { type ApiServer, base64, kubeconfigOf, parts, startApiServer } from './api-server';

const GET: ClusterRequest = { method: 'GET', path: '/version', timeoutMs: 20_000 };
const MOUNTED = '/var/run/secrets/kubernetes.io/serviceaccount';
const MINUTE = 60_000;

let server: ApiServer;
let files: Record<string, string | undefined>;
/** How often a file was read. */
let reads: Record<string, number>;
let now: number;

beforeEach(async () => {
  server = await startApiServer((request, response) => {
    response.writeHead(request.headers.authorization === 'Bearer refused' ? 401 : 200).end('{}');
  });
  files = {};
  reads = {};
  now = 0;
});
afterEach(() => server.close());

function reach(cluster: ClusterReference, environment: Record<string, string> = {}): ClusterApi {
  return createClusterApi(
    cluster,
    parts({
      environment,
      clock: { now: () => now },
      readText: (path) => {
        reads[path] = (reads[path] ?? 0) + 1;
        const text = files[path];
        return text === undefined
          ? Promise.reject(Object.assign(new Error(`no ${path}`), { code: 'ENOENT' }))
          : Promise.resolve(text);
      },
    }),
  );
}

const tokens = (): (string | undefined)[] => server.asked.map(({ token }) => token);

/** Lets a renewal beside a request come to its end: its files are read at once here. */
const renewed = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 5));

async function failure(api: ClusterApi): Promise<Error> {
  const thrown: unknown = await api.send(GET).catch((error: unknown) => error);
  if (!(thrown instanceof Error)) throw new Error('An answer came.');
  return thrown;
}

describe('the token file of a kubeconfig', () => {
  let api: ClusterApi;
  beforeEach(() => {
    files['/etc/kube/config'] = kubeconfigOf(
      { server: server.origin, 'certificate-authority-data': base64(server.authority) },
      { tokenFile: 'token', token: 'that-of-the-kubeconfig-itself' },
    );
    files['/etc/kube/token'] = ' first\n';
    api = reach({ kubeconfig: '/etc/kube/config' });
  });

  it('goes before the token, without the space around it', async () => {
    await api.send(GET);
    expect(tokens()).toEqual(['first']);
  });

  it('is read again after a minute, beside the request that finds it old', async () => {
    await api.send(GET);
    files['/etc/kube/token'] = 'second';
    now += MINUTE - 1;
    await api.send(GET);
    expect(reads['/etc/kube/token']).toBe(1);
    now += 1;
    await api.send(GET);
    await renewed();
    await api.send(GET);
    expect(tokens()).toEqual(['first', 'first', 'first', 'second']);
  });

  it('is read again at once where the server refuses its token', async () => {
    files['/etc/kube/token'] = 'refused';
    await api.send(GET);
    expect(tokens()).toEqual(['refused', 'refused']);
    now += MINUTE / 2;
    files['/etc/kube/token'] = 'second';
    expect((await api.send(GET)).status).toBe(200);
    expect(tokens()).toEqual(['refused', 'refused', 'refused', 'second']);
  });

  it('that can’t be read for a moment leaves the token that was read', async () => {
    await api.send(GET);
    files['/etc/kube/token'] = undefined;
    now += MINUTE;
    await api.send(GET);
    await renewed();
    await api.send(GET);
    expect(tokens()).toEqual(['first', 'first', 'first']);
    files['/etc/kube/token'] = 'second';
    now += MINUTE / 2;
    await api.send(GET);
    await renewed();
    await api.send(GET);
    expect(tokens().at(-1)).toBe('second');
  });
});

describe('the pod that the app runs in', () => {
  const IN_CLUSTER = { inCluster: true } as const;
  let environment: Record<string, string>;
  beforeEach(() => {
    files[`${MOUNTED}/ca.crt`] = server.authority;
    files[`${MOUNTED}/token`] = 'of-the-account\n';
    environment = { KUBERNETES_SERVICE_HOST: '127.0.0.1', KUBERNETES_SERVICE_PORT: String(server.port) };
  });

  it('asks the server of its environment, by the account that is mounted', async () => {
    expect((await reach(IN_CLUSTER, environment).send(GET)).status).toBe(200);
    expect(tokens()).toEqual(['of-the-account']);
  });

  it('takes the account’s next token within a minute', async () => {
    const api = reach(IN_CLUSTER, environment);
    await api.send(GET);
    files[`${MOUNTED}/token`] = 'next';
    now += MINUTE;
    await api.send(GET);
    await renewed();
    await api.send(GET);
    expect(tokens()).toEqual(['of-the-account', 'of-the-account', 'next']);
  });

  it('has its server by an address of IPv6 too', async () => {
    const api = reach(IN_CLUSTER, { ...environment, KUBERNETES_SERVICE_HOST: '::1' });
    expect((await failure(api)).message).toContain(`[::1]:${server.port}`);
  });

  it.each([
    ['host', { KUBERNETES_SERVICE_HOST: '' }],
    ['port', { KUBERNETES_SERVICE_PORT: '' }],
    ['usable port', { KUBERNETES_SERVICE_PORT: 'https' }],
  ])('is none without a %s in its environment', async (_, without) => {
    const error = await failure(reach(IN_CLUSTER, { ...environment, ...without }));
    expect(error).toBeInstanceOf(TerminalError);
    expect(error.message).toBe(
      'A placement with "cluster": { "inCluster": true } works only in a pod, where KUBERNETES_SERVICE_HOST and KUBERNETES_SERVICE_PORT lead to the API server.',
    );
  });

  it.each(['token', 'ca.crt'])('is told which file is missing: %s', async (name) => {
    files[`${MOUNTED}/${name}`] = undefined;
    const error = await failure(reach(IN_CLUSTER, environment));
    expect(error).toBeInstanceOf(TerminalError);
    expect(error.message).toBe(
      `The file ${MOUNTED}/${name}, which Kubernetes mounts into a pod that has a service account, can't be read (ENOENT).`,
    );
  });

  it('is told where its account is no use', async () => {
    files[`${MOUNTED}/token`] = '';
    expect((await failure(reach(IN_CLUSTER, environment))).message).toBe(
      "The service account of this pod can't be used: its token is empty or has a character that a header can’t carry, such as a line break.",
    );
  });
});
