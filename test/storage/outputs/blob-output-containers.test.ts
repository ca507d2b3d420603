// Output containers in a genuine Azurite: what an address lets its holder do, and what the app lists and reads.
import { mkdtemp, rm } from 'node:fs/promises';
import { request as sendTls } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { BlobServiceClient, ContainerClient } from '@azure/storage-blob';

import { RetryableError } from '../../../domain/errors';
import { systemClock } from '../../../domain/ports/clock';
import type { OutputContainer } from '../../../domain/ports/output-containers';
import { keptCertificate } from '../../../standins/tls/kept-certificate';
import { createStorageClients, type StorageClients } from '../../../storage/account/clients';
import { createBlobOutputContainers } from '../../../storage/outputs/blob-output-containers';
import { type Azurite, startAzurite } from '../../support/azurite';
import { compatHttpClient } from '../../support/compat-http-client';

const HOUR_MS = 3_600_000;
const TENANT = '00000000-0000-0000-0000-00000000000a';

/** A token as Entra makes them, without a signature that anyone could check. */
function unsignedToken(): string {
  const now = Math.floor(Date.now() / 1000);
  const claims = {
    aud: 'https://storage.azure.com',
    iss: `https://sts.windows.net/${TENANT}/`,
    iat: now,
    nbf: now,
    exp: now + 3600,
    oid: '00000000-0000-0000-0000-00000000000b',
    tid: TENANT,
  };
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  return `${part({ alg: 'none', typ: 'JWT' })}.${part(claims)}.`;
}

let authority: string;

/** To the emulator that speaks TLS, whose certificate nothing but this test trusts. */
const tlsClient = compatHttpClient(
  ({ method, url, headers, body }) =>
    new Promise((resolve, reject) => {
      const request = sendTls(url, { method, headers, ca: authority }, (answer) => {
        const chunks: Buffer[] = [];
        answer.on('data', (chunk: Buffer) => chunks.push(chunk));
        answer.once('error', reject);
        answer.once('end', () => {
          const said = Object.entries(answer.headers).map(([name, value]) => [name, String(value)]);
          resolve({
            status: answer.statusCode ?? 0,
            headers: Object.fromEntries(said) as Record<string, string>,
            body: Buffer.concat(chunks),
          });
        });
      });
      request.once('error', reject);
      request.end(body);
    }),
);

let folder: string;
let plain: Azurite;
let overTls: Azurite;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'output-containers-'));
  ({ authority } = await keptCertificate(folder, new Date()));
  const tls = { cert: join(folder, 'tls/server.pem'), key: join(folder, 'tls/server-key.pem') };
  [plain, overTls] = await Promise.all([startAzurite(), startAzurite({ tls })]);
}, 60_000);
afterAll(async () => {
  await Promise.all([plain.stop(), overTls.stop()]);
  await rm(folder, { recursive: true, force: true });
});

const CREDENTIAL = {
  getToken: () => Promise.resolve({ token: unsignedToken(), expiresOnTimestamp: Date.now() + HOUR_MS }),
};

const CLIENTS = {
  "the account's key": () =>
    createStorageClients({ kind: 'connection-string', connectionString: plain.connectionString }),
  "the app's identity": (): StorageClients => {
    const { blobEndpoint: blobUrl, queueEndpoint: queueUrl, tableEndpoint: tableUrl } = overTls;
    const clients = createStorageClients({
      ...{ kind: 'identity', credential: CREDENTIAL },
      ...{ blobUrl, queueUrl, tableUrl },
    });
    const service = new BlobServiceClient(blobUrl, CREDENTIAL, { httpClient: tlsClient });
    return {
      ...clients,
      blobService: () => service,
      container: (name) => service.getContainerClient(name),
    };
  },
};
type Way = keyof typeof CLIENTS;

let jobs = 0;
async function made(way: Way): Promise<{ container: OutputContainer; job: string }> {
  jobs += 1;
  const job = `job${jobs}`;
  const container = createBlobOutputContainers(CLIENTS[way](), systemClock).of(job);
  await container.make();
  await container.make(); // A repeated step makes it again.
  return { container, job };
}

async function addressOf(
  container: OutputContainer,
  { from = Date.now(), until = Date.now() + HOUR_MS } = {},
): Promise<string> {
  const sign = await container.signer(until);
  return sign(['1'], { from, until });
}

/** What whoever has the address would use. */
function withAddress(address: string): ContainerClient {
  const url = new URL(address);
  url.pathname = url.pathname.replace(/\/1$/, '');
  return new ContainerClient(url.href, undefined, url.protocol === 'https:' ? { httpClient: tlsClient } : {});
}

async function upload(address: string, name: string, text: string): Promise<void> {
  await withAddress(address).getBlockBlobClient(`1/${name}`).upload(text, text.length);
}

const refused = expect.objectContaining({ statusCode: 403 }) as Error;

describe.each<Way>(["the account's key", "the app's identity"])('an address signed with %s', (way) => {
  test('lets its holder create and write in the container, in the open time alone', async () => {
    const { container } = await made(way);
    const address = await addressOf(container);
    await upload(address, 'model/weights.bin', 'abc');
    await upload(address, 'model/weights.bin', 'abcd');
    expect(await container.list(['1'])).toMatchObject({
      files: [{ name: 'model/weights.bin', bytes: 4, modifiedAt: expect.any(Number) as number }],
      folders: [],
    });
    const over = await addressOf(container, { from: Date.now() - 2 * HOUR_MS, until: Date.now() - 60_000 });
    await expect(upload(over, 'late', 'x')).rejects.toEqual(refused);
    const early = await addressOf(container, { from: Date.now() + HOUR_MS, until: Date.now() + 2 * HOUR_MS });
    await expect(upload(early, 'early', 'x')).rejects.toEqual(refused);
  });

  test('lets nobody read, list, remove, or reach another container', async () => {
    const { container } = await made(way);
    const { job: other } = await made(way);
    const address = await addressOf(container);
    await upload(address, 'secret', 'abc');
    const holder = withAddress(address);
    const blob = holder.getBlockBlobClient('1/secret');
    await expect(blob.download()).rejects.toEqual(refused);
    await expect(blob.getProperties()).rejects.toEqual(refused);
    await expect(blob.delete()).rejects.toEqual(refused);
    await expect(holder.listBlobsFlat().next()).rejects.toEqual(refused);
    await expect(holder.delete()).rejects.toEqual(refused);
    await expect(
      upload(address.replace(/job-outputs-job\d+/, `job-outputs-${other}`), 'x', 'x'),
    ).rejects.toEqual(refused);
  });

  test('says what it is for: create and write, from some minutes before to the end that is asked for', async () => {
    const { container, job } = await made(way);
    const from = Date.UTC(2030, 0, 1);
    const until = from + HOUR_MS;
    const sign = await container.signer(Date.now() + HOUR_MS);
    const { pathname, searchParams, protocol } = new URL(sign(['2'], { from, until }));
    expect(pathname).toBe(`/devstoreaccount1/job-outputs-${job}/2`);
    const isTls = protocol === 'https:';
    expect(Object.fromEntries(searchParams)).toMatchObject({
      sp: 'cw',
      sr: 'c',
      spr: isTls ? 'https' : 'https,http',
      st: '2029-12-31T23:45:00Z',
    });
    if (!isTls) expect(searchParams.get('se')).toBe('2030-01-01T01:00:00Z');
    expect(searchParams.has('skoid')).toBe(isTls);
  });
});

describe('what is in an output container', () => {
  async function textOf(container: OutputContainer, from: number): Promise<string> {
    const content = await container.read(['1', 'model', 'weights.bin'], from);
    const chunks: Uint8Array[] = [];
    for await (const chunk of content?.body ?? []) chunks.push(chunk);
    return Buffer.concat(chunks).toString();
  }

  test('is read from any offset, with a tag that tells whether it changed', async () => {
    const { container } = await made("the account's key");
    const address = await addressOf(container);
    await upload(address, 'model/weights.bin', '0123456789');
    expect(await textOf(container, 0)).toBe('0123456789');
    expect(await textOf(container, 7)).toBe('789');
    expect(await textOf(container, 10)).toBe('');
    const before = await container.read(['1', 'model', 'weights.bin'], 10);
    expect(before).toMatchObject({ bytes: 10 });
    await upload(address, 'model/weights.bin', 'abc');
    expect((await container.read(['1', 'model', 'weights.bin'], 10))?.etag).not.toBe(before?.etag);
    expect(await container.read(['1', 'model'], 0)).toBeUndefined();
  });

  test('is listed under names that lead nowhere: what a share would not take is shown and not opened', async () => {
    const { container, job } = await made("the account's key");
    const blobs = CLIENTS["the account's key"]().container(`job-outputs-${job}`);
    const hostile = ['1/a\\..\\b', '1/line\nbreak', '1/a//b', '1/.../x', '1/?sig=x', '2/of another attempt'];
    for (const name of hostile) await blobs.getBlockBlobClient(name).upload('x', 1);
    const listed = (await container.list(['1']))?.files.map(({ name }) => name);
    expect(listed?.toSorted()).toEqual(['.../x', '?sig=x', 'a//b', 'a/../b', 'line\nbreak'].toSorted());
    for (const name of ['..', '.', '', 'a\\b', 'line\nbreak', '?sig=x'])
      await expect(container.read(['1', name], 0)).rejects.toThrow(/No file or folder of a share is called/);
  });

  test('is listed page by page, each file once', async () => {
    const clients = CLIENTS["the account's key"]();
    const client = clients.container('job-outputs-paged');
    const inOne = client.listBlobsFlat.bind(client);
    // The service gives five thousand at a time.
    jest.spyOn(client, 'listBlobsFlat').mockImplementation((options) => {
      const all = inOne(options);
      const { byPage } = all;
      return Object.assign(all, { byPage: (page?: object) => byPage({ ...page, maxPageSize: 2 }) });
    });
    const container = createBlobOutputContainers(clients, systemClock).of('paged');
    await container.make();
    for (const name of ['a', 'b', 'c']) await client.getBlockBlobClient(`1/${name}`).upload('x', 1);
    const first = await container.list(['1']);
    expect(first?.files.map(({ name }) => name)).toEqual(['a', 'b']);
    const second = await container.list(['1'], first?.next);
    expect(second?.files.map(({ name }) => name)).toEqual(['c']);
    expect(second).not.toHaveProperty('next');
  });

  test('is nothing where nobody uploaded anything, or the container was removed', async () => {
    const { container, job } = await made("the account's key");
    expect(await container.list(['1'])).toEqual({ files: [], folders: [] });
    await CLIENTS["the account's key"]().container(`job-outputs-${job}`).delete();
    expect(await container.list(['1'])).toBeUndefined();
    expect(await container.read(['1', 'x'], 0)).toBeUndefined();
  });

  test('is asked for again while the storage account can not be had', async () => {
    const connectionString = plain.connectionString.replace(/(BlobEndpoint=http:..127.0.0.1:)\d+/, '$11');
    const clients = createStorageClients({ kind: 'connection-string', connectionString });
    const container = createBlobOutputContainers(clients, systemClock).of('job0');
    await expect(container.make()).rejects.toThrow(RetryableError);
    await expect(container.list(['1'])).rejects.toThrow(/list 1 \(container job-outputs-job0\)/);
  });
});

test('a lent key is asked for once an hour, and sooner where it would end too early', async () => {
  let now = Date.now();
  let asked = 0;
  const clock = { now: () => now, monotonic: () => now };
  const identity = CLIENTS["the app's identity"]();
  const service = identity.blobService();
  const lend = service.getUserDelegationKey.bind(service);
  jest.spyOn(service, 'getUserDelegationKey').mockImplementation((...args: Parameters<typeof lend>) => {
    asked += 1;
    return lend(...args);
  });
  const container = createBlobOutputContainers(identity, clock).of('job0');
  const days = 24 * HOUR_MS;
  await container.signer(now + 6 * days);
  now += HOUR_MS / 2;
  await container.signer(now + 6 * days);
  expect(asked).toBe(1);
  await container.signer(now + 7 * days);
  expect(asked).toBe(2);
  now += HOUR_MS;
  const sign = await container.signer(now + 6.5 * days);
  expect(asked).toBe(3);
  // Never beyond the key's own end.
  const until = new URL(sign(['1'], { from: now, until: now + 30 * days })).searchParams;
  expect(until.get('se')).toBe(until.get('ske'));
});
