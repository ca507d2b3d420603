import { randomUUID } from 'node:crypto';
import { appendFile, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { RetryableError, TerminalError } from '../../../domain/errors';
import type { Share } from '../../../domain/ports/shares';
import type { ShareFault } from '../../../standins/files/faults';
import { createLocalFiles } from '../../../standins/files/shares';
import type { Handler } from '../../../standins/wire/handler';
import { type RunningServer, serve } from '../../../standins/wire/node-server';
import { createAzureFiles } from '../../../storage/shares/azure-files';
import { compatHttpClient } from '../../support/compat-http-client';

const KEY = Buffer.from('a key of this test').toString('base64');

let root: string;
let server: RunningServer;
let fault: ShareFault | undefined;
let handler: Handler;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'gpu-jobs-shares-'));
  await mkdir(join(root, 'acct', 'results'), { recursive: true });
  fault = undefined;
  handler = createLocalFiles({ root, keys: { acct: KEY }, newId: randomUUID, faultOf: () => fault });
  server = await serve(handler, { port: 0, onError: (error) => expect(error).toBeUndefined() });
});
afterEach(async () => {
  await server.close();
  await rm(root, { recursive: true, force: true });
});

function share(of: { key?: string; url?: string } = {}): Share {
  return createAzureFiles({
    credential: { getToken: () => Promise.reject(new Error('No token is needed.')) },
    secretOf: () => Promise.resolve(of.key ?? KEY),
  }).open({ url: of.url ?? `${server.origin}/acct/results`, keyRef: 'acct-key' });
}

function local(...names: string[]): string {
  return join(root, 'acct', 'results', ...names);
}

async function textOf(from: Share, path: readonly string[], offset = 0): Promise<string | undefined> {
  const content = await from.read(path, offset);
  if (content === undefined) return undefined;
  const chunks: Uint8Array[] = [];
  for await (const chunk of content.body) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

describe('a share, signed in by its key', () => {
  test('makes a folder with those above it, and again without harm', async () => {
    await share().makeFolder(['outputs', 'j1', '1']);
    await writeFile(local('outputs', 'j1', '1', 'a'), 'kept');
    await share().makeFolder(['outputs', 'j1', '1']);
    expect(await textOf(share(), ['outputs', 'j1', '1', 'a'])).toBe('kept');
  });

  test('lists the files of a folder with their sizes and times, and its folders', async () => {
    await mkdir(local('out', 'below'), { recursive: true });
    await writeFile(local('out', 'model & <weights>.bin'), 'abc');
    const page = await share().list(['out']);
    expect(page).toMatchObject({ files: [{ name: 'model & <weights>.bin', bytes: 3 }], folders: ['below'] });
    expect(Math.abs((page?.files[0]?.modifiedAt ?? 0) - Date.now())).toBeLessThan(60_000);
    expect(page).not.toHaveProperty('next');
  });

  test('lists no folder that is not there', async () => {
    expect(await share().list(['nowhere'])).toBeUndefined();
  });

  test('lists 5,100 files page by page, each once', async () => {
    await mkdir(local('many'));
    const names = Array.from({ length: 5_100 }, (_, index) => `file-${index}`);
    for (let at = 0; at < names.length; at += 1000)
      await Promise.all(names.slice(at, at + 1000).map((name) => writeFile(local('many', name), '')));
    const seen: string[] = [];
    let next: string | undefined;
    let pages = 0;
    do {
      const page = await share().list(['many'], next);
      seen.push(...(page?.files ?? []).map(({ name }) => name));
      next = page?.next;
      pages += 1;
    } while (next !== undefined);
    expect(pages).toBe(2);
    expect(seen.toSorted()).toEqual(names.toSorted());
  });

  test('reads a file from an offset on, with an ETag that changes with the content', async () => {
    await writeFile(local('log'), '0123456789');
    expect(await textOf(share(), ['log'])).toBe('0123456789');
    expect(await textOf(share(), ['log'], 7)).toBe('789');
    expect(await textOf(share(), ['log'], 10)).toBe('');
    const before = await share().read(['log'], 10);
    await appendFile(local('log'), 'more');
    const after = await share().read(['log'], 14);
    expect(before).toMatchObject({ bytes: 10 });
    expect(after).toMatchObject({ bytes: 14 });
    expect(after?.etag).not.toBe(before?.etag);
  });

  test('has no file where a folder or nothing stands', async () => {
    await mkdir(local('folder'));
    expect(await share().read(['folder'], 0)).toBeUndefined();
    expect(await share().read(['nothing'], 0)).toBeUndefined();
  });

  test.each(['..', '.', '', 'a/b', 'a\\b', 'nul\0', 'a:b'])('asks for no name %j', async (name) => {
    await writeFile(join(root, 'secret'), 'of another');
    await expect(share().read(['outputs', name], 0)).rejects.toThrow(TerminalError);
    await expect(share().list([name])).rejects.toThrow(/No file or folder of a share is called/);
    await expect(share().makeFolder([name])).rejects.toThrow(TerminalError);
  });

  test('follows no link out of the share', async () => {
    await writeFile(join(root, 'secret'), 'of another');
    await symlink(root, local('out'));
    await symlink(join(root, 'secret'), local('plain'));
    expect(await share().read(['out', 'secret'], 0)).toBeUndefined();
    expect(await share().read(['plain'], 0)).toBeUndefined();
    expect(await share().list([])).toEqual({ files: [], folders: [] });
  });
});

describe('a share that is in trouble', () => {
  test('says so when it is out of reach', async () => {
    fault = 'unreachable';
    await expect(share().list([])).rejects.toThrow(RetryableError);
    await expect(share().list([])).rejects.toThrow(
      /no definite answer when asked to list folder \/ on share/,
    );
  });

  test('says that it is full', async () => {
    fault = 'full';
    await expect(share().makeFolder(['outputs'])).rejects.toThrow(
      /is full .*: remove files from it or raise its quota/,
    );
    expect(await share().list([])).toEqual({ files: [], folders: [] });
  });

  test('says what another key means, and never the key', async () => {
    const other = Buffer.from('another').toString('base64');
    const error: unknown = await share({ key: other })
      .list([])
      .catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(TerminalError);
    expect(String(error)).toMatch(/403 AuthenticationFailed.*keyRef names must hold a key of this account/);
    expect(JSON.stringify(error) + String(error)).not.toContain(other);
  });

  test('says that it does not exist', async () => {
    await expect(share({ url: `${server.origin}/acct/nowhere` }).list([])).rejects.toThrow(
      /There is no share .*acct\/nowhere/,
    );
  });

  test('is not followed where it redirects', async () => {
    fault = 'redirected';
    await expect(share().list([])).rejects.toThrow(/redirect \(302\), which is not followed/);
  });

  test('is refused in clear text over a network', () => {
    expect(() => share({ url: 'http://acct.file.core.windows.net/results' })).toThrow(/is no share's URL/);
  });
});

describe("a share, signed in by the app's identity", () => {
  test('is asked with a token and the intent that such requests need', async () => {
    await writeFile(local('model'), 'abc');
    const asked: (string | undefined)[] = [];
    const shares = createAzureFiles({
      credential: {
        getToken: (scopes) => {
          asked.push(String(scopes));
          return Promise.resolve({ token: 'a-token', expiresOnTimestamp: Date.now() + 3_600_000 });
        },
      },
      secretOf: () => Promise.reject(new Error('No key is needed.')),
      httpClient: compatHttpClient(handler),
    });
    const results = shares.open({ url: 'https://acct.file.core.windows.net/results' });
    await results.makeFolder(['outputs', 'j1']);
    expect(await results.list([])).toMatchObject({ files: [{ name: 'model' }], folders: ['outputs'] });
    expect(asked[0]).toBe('https://storage.azure.com/.default');
  });
});
