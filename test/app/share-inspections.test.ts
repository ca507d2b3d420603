import { randomUUID } from 'node:crypto';
import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { shareInspections } from '../../app/share-inspections';
import type { Check } from '../../domain/backend/check';
import { TerminalError } from '../../domain/errors';
import type { ShareFault } from '../../standins/files/faults';
import { createLocalFiles } from '../../standins/files/shares';
import { type RunningServer, serve } from '../../standins/wire/node-server';
import { createAzureFiles } from '../../storage/shares/azure-files';

const KEY = Buffer.from('a key of this test').toString('base64');

let root: string;
let server: RunningServer;
let fault: ShareFault | undefined;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'gpu-jobs-shares-'));
  await mkdir(join(root, 'acct', 'results'), { recursive: true });
  fault = undefined;
  const handler = createLocalFiles({ root, keys: { acct: KEY }, newId: randomUUID, faultOf: () => fault });
  server = await serve(handler, { port: 0, onError: (error) => expect(error).toBeUndefined() });
});
afterEach(async () => {
  await server.close();
  await rm(root, { recursive: true, force: true });
});

interface Setting {
  readonly share?: string;
  readonly secretOf?: () => Promise<string>;
  readonly outputs?: { readonly volume: string };
}

async function checked({ share = 'results', secretOf, outputs }: Setting = {}): Promise<Check | undefined> {
  const shares = createAzureFiles({
    credential: { getToken: () => Promise.reject(new Error('No token is needed.')) },
    secretOf: secretOf ?? (() => Promise.resolve(KEY)),
  });
  const url = `${server.origin}/acct/${share}`;
  const volumes = { kept: { share: { url, keyRef: 'acct-key' } }, other: {} };
  const found = shareInspections({ name: 'here', volumes, ...(outputs && { outputs }) }, shares, 'our-vault');
  expect(found.map(({ name }) => name)).toEqual(['here share of kept']);
  return found[0]?.check();
}

describe('the look at a share', () => {
  test('reads it by its key, and makes nothing where nothing is kept', async () => {
    expect(await checked()).toMatchObject({
      standing: 'ok',
      detail: expect.stringMatching(/results can be read by the key of secret acct-key$/) as unknown,
    });
    expect(await readdir(join(root, 'acct', 'results'))).toEqual([]);
  });

  test('makes the folders that attempts keep theirs in', async () => {
    expect((await checked({ outputs: { volume: 'kept' } }))?.standing).toBe('ok');
    expect((await readdir(join(root, 'acct', 'results'))).toSorted()).toEqual(['checkpoints', 'outputs']);
    expect((await checked({ outputs: { volume: 'kept' } }))?.standing).toBe('ok');
  });

  test.each<[string, Setting, ShareFault | undefined, string]>([
    [
      'that is not there',
      { share: 'missing' },
      undefined,
      'az storage share-rm create --storage-account acct --name missing',
    ],
    [
      'whose key is another',
      { secretOf: () => Promise.resolve(Buffer.from('another').toString('base64')) },
      undefined,
      'az keyvault secret set --vault-name our-vault --name acct-key --value "$(az storage account keys list --account-name acct',
    ],
    [
      'whose key is not in the vault',
      { secretOf: () => Promise.reject(new TerminalError('It is absent.', { secret: 'acct-key' })) },
      undefined,
      'az keyvault secret set --vault-name our-vault --name acct-key',
    ],
    ['that lets nobody in', {}, 'forbidden', 'az storage account show --name acct --query networkRuleSet'],
    [
      'that is full',
      { outputs: { volume: 'kept' } },
      'full',
      'az storage share-rm update --storage-account acct',
    ],
  ])('%s has failed, with the command that mends it', async (_, setting, broken, command) => {
    fault = broken;
    const check = await checked(setting);
    expect(check?.standing).toBe('failed');
    expect(check?.todo).toContain(command);
    expect(JSON.stringify(check)).not.toContain(KEY);
  });

  test('that gives no answer rejects: nothing is known of it', async () => {
    fault = 'unreachable';
    await expect(checked()).rejects.toThrow();
  });
});
