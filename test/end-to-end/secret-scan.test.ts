// The scan that ends every test here finds a secret wherever it is planted. Otherwise its silence would say nothing.
import { appendFile, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { secretsIn } from '../../proofs/secret-scan/secret-scan';
import { LOCAL_ACCOUNT_KEY } from '../../standins/files/local-account';
import { openLmdbJournal } from '../../standins/kernel/lmdb-journal';
import { AZURITE_KEY } from '../support/azurite';
import { nodeProgram } from './support/example-specs';
import { bootTestStack, isOverAndGone, LITERAL } from './support/test-stack';

const ADDRESS = 'https://acct.blob.core.windows.net/c/1?sp=cw&sig=q83vEjRWeJCrze8SNFZ4kKvN7xI0VniQ%3D';
/** What a job's label may hold of it. */
const SIGNATURE = 'sig=q83vEjRWeJCrze8SNFZ4kKvN7xI0VniQ';

test('a signature in a job’s label is found in its row, its lists and the answers, a key in its spec and log', async () => {
  const local = await bootTestStack({
    GPU_JOBS_EMULATOR_PROVISION_MS: '100',
    GPU_JOBS_EMULATOR_PULL_MS: '100',
  });
  const id = await local.api.submit({
    ...nodeProgram('console.log(process.env.KEY)'),
    labels: { planted: SIGNATURE },
    env: { KEY: LOCAL_ACCOUNT_KEY },
  });
  await local.untilJob(id, isOverAndGone, 'over and gone');
  const failure: unknown = await local.stop().catch((error: unknown) => error);
  const said = String(failure);
  expect(said).toContain('Secrets were left behind');
  const signature = 'the signature of an address';
  expect(said).toContain(`GET jobs: ${signature}`);
  expect(said).toContain(`GET jobs/${id}: ${signature}`);
  expect(said).toContain(`azurite/__azurite_db_table__.json: ${signature}`);
  expect(said).toMatch(/azurite\/__blobstorage__\/\S+: the key of a share’s account, from the vault/);
  expect(said).toContain(`GET jobs/${id}/logs: the key of a share’s account, from the vault`);
  expect(said).not.toContain(SIGNATURE);
  expect(said).not.toContain(LOCAL_ACCOUNT_KEY);
}, 60_000);

describe('in a folder', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'scan-'));
    for (const name of ['azurite/__blobstorage__', 'functions-host', 'logs', 'shares'])
      await mkdir(join(folder, name), { recursive: true });
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  test('nothing is found where there is nothing, nor in what the platform itself holds', async () => {
    await appendFile(join(folder, 'logs/host.log'), 'signed by sig=short and design=of-the-whole-thing\n');
    await appendFile(join(folder, 'shares/theirs'), `${ADDRESS} ${LOCAL_ACCOUNT_KEY}`);
    await appendFile(join(folder, 'azurite/__blobstorage__/held'), 'open sesame');
    expect(await secretsIn(folder, LITERAL)).toEqual([]);
  });

  test.each([
    ['as it is', ADDRESS],
    ['within another address', `https://x.example/?next=${encodeURIComponent(ADDRESS)}`],
    ['in JSON that escapes it', ADDRESS.replaceAll('&', '\\u0026').replaceAll('=', '\\u003d')],
    ['in base64', Buffer.from(JSON.stringify({ url: ADDRESS })).toString('base64')],
  ])('an address is found %s', async (_, text) => {
    await appendFile(join(folder, 'logs/host.log'), `2026-12-01 warn ${text}\n`);
    expect(await secretsIn(folder, LITERAL)).toEqual(['logs/host.log: the signature of an address']);
  });

  test('a history of Durable Functions is looked through, short entries and long ones', async () => {
    for (const [file, padding] of [
      ['short.lmdb', ''],
      ['long.lmdb', 'x'.repeat(20_000)],
    ] as const) {
      const journal = openLmdbJournal(join(folder, 'functions-host', file));
      await journal.commit([{ put: 'instance', value: { input: `${padding}${AZURITE_KEY}` } }]);
      await journal.close();
    }
    const key = 'the key of the app’s storage account';
    expect((await secretsIn(folder, LITERAL)).toSorted()).toEqual([
      `functions-host/long.lmdb: ${key}`,
      `functions-host/short.lmdb: ${key}`,
    ]);
  });

  test('a literal secret is found everywhere but in blobs, where it waits for its job', async () => {
    await appendFile(join(folder, 'azurite/__azurite_db_queue__.json'), '{"text":"open sesame"}');
    expect(await secretsIn(folder, LITERAL)).toEqual([
      'azurite/__azurite_db_queue__.json: a literal secret of a spec',
    ]);
  });
});
