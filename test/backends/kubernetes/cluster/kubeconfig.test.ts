// What of a kubeconfig is refused, each time with a text that says what to do, and with nothing sent.
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { createClusterApi } from '../../../../backends/kubernetes/cluster/create-cluster-api';
import type { ClusterReference } from '../../../../backends/kubernetes/placement';
import { TerminalError } from '../../../../domain/errors';
import { type ApiServer, base64, certificateNow, kubeconfigOf, parts, startApiServer } from './api-server';

const SECRET = 'value-that-nobody-may-read';
const VAULT = { kubeconfig: { secretRef: 'cluster' } } as const;
const own = certificateNow();
const CLUSTER = {
  server: 'https://10.0.0.1:6443',
  'certificate-authority-data': base64(own.authority),
};
const USER = { token: SECRET };

/** The error of a request, which must be terminal and tell no value of the kubeconfig. */
async function refusal(
  text: string | undefined,
  { cluster = VAULT, given = {} }: { cluster?: ClusterReference; given?: Parameters<typeof parts>[0] } = {},
): Promise<string> {
  const secretOf = (): Promise<string> =>
    text === undefined ? Promise.reject(new TerminalError('No such secret.')) : Promise.resolve(text);
  const api = createClusterApi(cluster, parts({ secretOf, ...given }));
  const thrown: unknown = await api
    .send({ method: 'GET', path: '/version', timeoutMs: 5_000 })
    .catch((error: unknown) => error);
  expect(thrown).toBeInstanceOf(TerminalError);
  if (!(thrown instanceof TerminalError)) throw new Error('It was not refused.');
  for (const value of [SECRET, base64(SECRET), own.privateKey])
    expect(JSON.stringify([thrown.message, thrown.stack, thrown])).not.toContain(value);
  return thrown.message;
}

/** A kubeconfig whose top-level members are these. */
const document = (members: object): string =>
  JSON.stringify({ ...(JSON.parse(kubeconfigOf(CLUSTER, USER)) as object), ...members });

const PLUGIN = (name: string): string =>
  `The user of the kubeconfig in the secret "cluster" gets credentials from the plugin "${name}". The app runs no plugins: its host has no such program and nobody to sign in. For a cluster of AKS configure "cluster": { "aks": { … } } instead. For any other give its user a certificate or a token, such as a service account's.`;
const OF_CLUSTER = 'The cluster "c" of the kubeconfig in the secret "cluster" can\'t be used: ';
const OF_USER = 'The user "u" of the kubeconfig in the secret "cluster" can\'t be used: ';
const OF_ALL = 'The kubeconfig in the secret "cluster" can\'t be used: ';

type Members = Readonly<Record<string, unknown>>;
/** The setting, the members of the cluster and of the user, the text. */
const NOT_FOLLOWED: readonly (readonly [string, Members, Members, string])[] = [
  [
    'exec',
    {},
    { exec: { command: 'kubelogin', args: [SECRET], env: [{ name: 'A', value: SECRET }] } },
    PLUGIN('kubelogin'),
  ],
  [
    'auth-provider',
    {},
    { 'auth-provider': { name: 'oidc', config: { 'id-token': SECRET } } },
    PLUGIN('oidc'),
  ],
  [
    'proxy-url',
    { 'proxy-url': `http://u:${SECRET}@proxy:3128` },
    USER,
    `${OF_CLUSTER}proxy-url is not followed: this product speaks to the server itself. Let the app into the server’s network instead.`,
  ],
  [
    'insecure-skip-tls-verify',
    { 'insecure-skip-tls-verify': true },
    USER,
    `${OF_CLUSTER}insecure-skip-tls-verify is not followed, because whoever answers in the server’s place would get the token: give the cluster’s certificate-authority-data, and tls-server-name where the certificate has another name.`,
  ],
  [
    'password',
    {},
    { password: SECRET },
    `${OF_USER}password is not used: API servers have taken no passwords since Kubernetes 1.19. Give a token.`,
  ],
  [
    'username',
    {},
    { username: SECRET },
    `${OF_USER}username is not used: API servers have taken no passwords since Kubernetes 1.19. Give a token.`,
  ],
  ...['as', 'as-uid', 'as-groups', 'as-user-extra'].map(
    (name) =>
      [
        name,
        {},
        { ...USER, [name]: [SECRET] },
        `${OF_USER}${name} is not followed: give the credentials of the user that is meant.`,
      ] as const,
  ),
];

describe('a setting that is not followed is named with what to do instead', () => {
  it.each(NOT_FOLLOWED)('%s', async (_, cluster, user, text) => {
    expect(await refusal(kubeconfigOf({ ...CLUSTER, ...cluster }, user))).toBe(text);
  });

  it('unless it is there and says nothing', async () => {
    const server = await startApiServer((_, response) => response.end());
    try {
      const config = kubeconfigOf(
        {
          server: server.origin,
          'certificate-authority-data': base64(server.authority),
          'insecure-skip-tls-verify': false,
          'proxy-url': '',
        },
        { ...USER, exec: null, as: '' },
      );
      const api = createClusterApi(VAULT, parts({ secretOf: () => Promise.resolve(config) }));
      expect((await api.send({ method: 'GET', path: '/', timeoutMs: 5_000 })).status).toBe(200);
    } finally {
      await server.close();
    }
  });
});

describe('what its context names and it lacks is told with what it has', () => {
  it.each([
    ['context', { 'current-context': 'other' }, 'has no context "other"; it has "jobs".'],
    ['cluster', { clusters: [{ name: 'd', cluster: CLUSTER }] }, 'has no cluster "c"; it has "d".'],
    ['user', { users: [] }, 'has no user "u"; it has none.'],
    ['user of no users', { users: null }, 'has no user "u"; it has none.'],
    [
      'current-context',
      { 'current-context': undefined },
      "can't be used: current-context is missing, must be a text.",
    ],
    [
      'name of a current-context',
      { 'current-context': '' },
      "can't be used: current-context is empty, must have at least 1 character.",
    ],
    ['contexts', { contexts: null }, "can't be used: contexts is null, must be a list."],
  ])('%s', async (_, members, text) => {
    expect(await refusal(document(members))).toBe(`The kubeconfig in the secret "cluster" ${text}`);
  });
});

describe('a server', () => {
  const MUST =
    'The server of cluster "c" of the kubeconfig in the secret "cluster" must be a URL such as https://HOST:PORT without a user; http is for loopback only.';
  it.each([
    ['in clear text', 'http://10.0.0.1'],
    ['with a user', `https://admin:${SECRET}@10.0.0.1`],
    ['that is no URL', 'cluster.example'],
    ['by another protocol', 'ftp://127.0.0.1'],
  ])('%s is refused', async (_, server) => {
    expect(await refusal(kubeconfigOf({ server }, USER))).toBe(MUST);
  });

  it('that is missing is refused', async () => {
    expect(await refusal(kubeconfigOf({}, USER))).toBe(`${OF_CLUSTER}server is missing, must be a text.`);
  });
});

describe('credentials that no request could be sent with', () => {
  const NO_PEM = `${OF_ALL}its client certificate and key are no PEM, or don’t belong together.`;
  const NO_TOKEN = `${OF_ALL}its token is empty or has a character that a header can’t carry, such as a line break.`;
  it.each([
    [
      'an authority that is no PEM',
      { 'certificate-authority-data': base64(SECRET) },
      USER,
      `${OF_ALL}its certificate authority is no certificate in PEM.`,
    ],
    [
      'an authority that is no base64',
      { 'certificate-authority-data': '!' },
      USER,
      `${OF_ALL}its certificate authority is no certificate in PEM.`,
    ],
    [
      'a certificate that is no PEM',
      {},
      { 'client-certificate-data': base64(SECRET), 'client-key-data': base64(SECRET) },
      NO_PEM,
    ],
    [
      'a certificate and the key of another',
      {},
      {
        'client-certificate-data': base64(own.certificate),
        'client-key-data': base64(certificateNow().privateKey),
      },
      NO_PEM,
    ],
    [
      'a certificate alone',
      {},
      { 'client-certificate-data': base64(own.certificate) },
      `${OF_ALL}it has a client certificate without a key.`,
    ],
    [
      'a key alone',
      {},
      { 'client-key-data': base64(own.privateKey) },
      `${OF_ALL}it has a client key without a certificate.`,
    ],
    ['a token with a line break', {}, { token: `${SECRET}\n${SECRET}` }, NO_TOKEN],
    ['a token of spaces', {}, { token: ' ' }, NO_TOKEN],
    ['a token that is a number', {}, { token: 5 }, `${OF_USER}token is a number, must be a text.`],
    ['none at all', {}, {}, `${OF_ALL}its user has neither a token nor a client certificate.`],
  ])('%s', async (_, cluster, user, text) => {
    expect(await refusal(kubeconfigOf({ ...CLUSTER, ...cluster }, user))).toBe(text);
  });
});

describe('a text that is no kubeconfig', () => {
  it.each([
    ['broken YAML', `a: [${SECRET}`, 'is no YAML: BAD_INDENT at line 1.'],
    ['two documents', `a: 1\n---\nb: ${SECRET}\n`, 'is no YAML: MULTIPLE_DOCS at line 2.'],
    [
      'an alias of nothing',
      'a: *b',
      'is no YAML that can be read: an alias (*name) in it leads nowhere, or its aliases repeat too much.',
    ],
    [
      'aliases of aliases',
      [
        'a: &a [x]',
        ...'bcd'.split('').map((name, at) => `${name}: &${name} [${`*${'abc'[at] ?? ''}, `.repeat(9)}]`),
      ].join('\n'),
      'is no YAML that can be read: an alias (*name) in it leads nowhere, or its aliases repeat too much.',
    ],
    ['a word', SECRET, "can't be used: is a text, must be an object."],
    ['nothing', '', "can't be used: is null, must be an object."],
  ])('%s', async (_, text, why) => {
    expect(await refusal(text)).toBe(`The kubeconfig in the secret "cluster" ${why}`);
  });
});

describe('a file', () => {
  const FROM_DISK = { readText: (path: string) => readFile(path, 'utf8') };
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'kubeconfig-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('that is not there is named', async () => {
    const path = join(folder, 'config');
    expect(await refusal(undefined, { cluster: { kubeconfig: path }, given: FROM_DISK })).toBe(
      `The file ${path}, which a placement names as kubeconfig, can't be read (ENOENT).`,
    );
  });

  it('that is a folder is named', async () => {
    expect(await refusal(undefined, { cluster: { kubeconfig: folder }, given: FROM_DISK })).toBe(
      `The file ${folder}, which a placement names as kubeconfig, can't be read (EISDIR).`,
    );
  });

  it('that it names counts from its own folder, and is named where it is not there', async () => {
    const path = join(folder, 'config');
    await writeFile(path, kubeconfigOf(CLUSTER, { tokenFile: 'keys/token' }));
    expect(await refusal(undefined, { cluster: { kubeconfig: path }, given: FROM_DISK })).toBe(
      `The file ${join(folder, 'keys/token')}, which the kubeconfig ${path} names, can't be read (ENOENT).`,
    );
  });

  it('that the kubeconfig of a secret names has no folder to count from', async () => {
    expect(await refusal(kubeconfigOf(CLUSTER, { tokenFile: 'token' }))).toBe(
      'The kubeconfig in the secret "cluster" names the file token, relative to a folder that it has not: put what it names into it (kubectl config view --minify --flatten --raw).',
    );
  });

  it('with certificate, key and authority is followed, relative or not', async () => {
    let server: ApiServer | undefined;
    try {
      server = await startApiServer((_, response) => response.end());
      const path = join(folder, 'config');
      await writeFile(join(folder, 'ca.crt'), server.authority);
      await writeFile(join(folder, 'client.crt'), own.certificate);
      await writeFile(join(folder, 'client.key'), own.privateKey);
      await writeFile(
        path,
        kubeconfigOf(
          { server: server.origin, 'certificate-authority': 'ca.crt' },
          { 'client-certificate': 'client.crt', 'client-key': join(folder, 'client.key') },
        ),
      );
      const api = createClusterApi({ kubeconfig: path }, parts(FROM_DISK));
      expect((await api.send({ method: 'GET', path: '/', timeoutMs: 5_000 })).status).toBe(200);
    } finally {
      await server?.close();
    }
  });
});
