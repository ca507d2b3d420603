import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { TokenCredential } from '@azure/core-auth';

import { RetryableError } from '../../domain/errors';
import type { SecretVault } from '../../domain/ports/secret-vault';
import { createLocalVault, VAULT_PATH } from '../../standins/key-vault/vault';
import { type Handler, json } from '../../standins/wire/handler';
import { type RunningServer, serve } from '../../standins/wire/node-server';
import { createKeyVaultSecrets } from '../../storage/key-vault-secrets';

const noToken: TokenCredential = {
  getToken: () => Promise.reject(new Error('A stand-in on this machine must not be sent a token.')),
};

let folder: string;
let server: RunningServer | undefined;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gpu-jobs-vault-'));
});
afterEach(async () => {
  await server?.close();
  server = undefined;
  await rm(folder, { recursive: true, force: true });
});

async function vaultOver(handler: Handler): Promise<SecretVault> {
  server = await serve(handler, { port: 0, onError: (error) => expect(error).toBeUndefined() });
  return vaultAt(`${server.origin}${VAULT_PATH}`);
}

function vaultAt(url: string): SecretVault {
  return createKeyVaultSecrets(new URL(url), noToken);
}

async function whyOf(vault: SecretVault, name: string): Promise<string> {
  const answer = await vault.read(name);
  return answer.kind === 'found' ? '' : answer.why;
}

describe('a secret of a key vault', () => {
  test('is read by its name, as it stands at that moment', async () => {
    const file = join(folder, 'secrets.json');
    const vault = await vaultOver(createLocalVault(file));
    await writeFile(file, JSON.stringify({ 'api-token': 'first' }));
    expect(await vault.read('api-token')).toEqual({ kind: 'found', value: 'first' });
    await writeFile(file, JSON.stringify({ 'api-token': 'second' }));
    expect(await vault.read('api-token')).toEqual({ kind: 'found', value: 'second' });
  });

  test('is read of its vault alone, wherever an answer leads', async () => {
    const asked: string[] = [];
    const elsewhere = await serve(
      ({ url }) => {
        asked.push(url.href);
        return Promise.resolve(json(200, { value: 'planted' }));
      },
      { port: 0, onError: () => undefined },
    );
    try {
      const location = `${elsewhere.origin}/metadata/identity/oauth2/token`;
      const vault = await vaultOver(() => Promise.resolve({ status: 307, headers: { location } }));
      await expect(vault.read('api-token')).rejects.toThrow(/api-token/);
      expect(asked).toEqual([]);
    } finally {
      await elsewhere.close();
    }
  });

  test.each([
    [502, '<html>Bad gateway</html>'],
    [503, ''],
    [500, 'null'],
  ])('waits where a proxy answers %i in the place of the vault: %j', async (status, body) => {
    const vault = await vaultOver(() =>
      Promise.resolve({ status, headers: { 'content-type': 'text/html' }, body }),
    );
    await expect(vault.read('api-token')).rejects.toThrow(RetryableError);
    await expect(vault.read('api-token')).rejects.toThrow(/api-token/);
  });

  test('that does not exist is missing, with a file of secrets or without', async () => {
    const file = join(folder, 'secrets.json');
    const vault = await vaultOver(createLocalVault(file));
    expect(await vault.read('api-token')).toMatchObject({ kind: 'missing' });
    await writeFile(file, JSON.stringify({ other: 'x' }));
    expect(await vault.read('api-token')).toMatchObject({ kind: 'missing' });
    await expect(whyOf(vault, 'api-token')).resolves.toContain('no secret "api-token"');
  });

  test('that is disabled is missing, though the service answers as to a missing right', async () => {
    const error = { code: 'Forbidden', message: 'disabled', innererror: { code: 'SecretDisabled' } };
    const vault = await vaultOver(() => json(403, { error }));
    expect(await vault.read('old')).toMatchObject({ kind: 'missing' });
    await expect(whyOf(vault, 'old')).resolves.toContain('disabled');
  });

  test('that the app may not read is refused with the role that the app lacks', async () => {
    const error = { code: 'Forbidden', message: 'no', innererror: { code: 'ForbiddenByRbac' } };
    const vault = await vaultOver(() => json(403, { error }));
    expect(await vault.read('api-token')).toMatchObject({ kind: 'forbidden' });
    await expect(whyOf(vault, 'api-token')).resolves.toContain('Key Vault Secrets User');
  });

  test('of a vault that answers nothing usable may be read later', async () => {
    const vault = await vaultOver(() => json(503, { error: { code: 'ServerBusy', message: 'later' } }));
    await expect(vault.read('api-token')).rejects.toBeInstanceOf(RetryableError);
    const away = vaultAt('http://127.0.0.1:1');
    await expect(away.read('api-token')).rejects.toBeInstanceOf(RetryableError);
  });
});

describe('the local vault', () => {
  test('says that a file is broken without showing any of it', async () => {
    const file = join(folder, 'secrets.json');
    await writeFile(file, '{"api-token": "hunter2"');
    server = await serve(createLocalVault(file), { port: 0, onError: () => undefined });
    const answer = await fetch(`${server.origin}${VAULT_PATH}/secrets/api-token`);
    const text = await answer.text();
    expect([answer.status, text.includes('hunter2')]).toEqual([400, false]);
    expect(text).toContain('is not a JSON object of texts');
  });

  test('refuses to list or change secrets', async () => {
    server = await serve(createLocalVault(join(folder, 'none')), { port: 0, onError: () => undefined });
    for (const [method, path] of [
      ['GET', '/secrets'],
      ['PUT', '/secrets/a'],
    ] as const)
      expect((await fetch(`${server.origin}${VAULT_PATH}${path}`, { method })).status).toBe(400);
  });
});
