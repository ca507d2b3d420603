// What npm's own audit says to registries that answer in different ways.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { type AuditVerdict, auditVerdict } from '../../../packaging/supply/audit-verdict';
import { npm } from '../../../packaging/supply/npm';

let folder: string;
let server: Server | undefined;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gpu-jobs-audit-'));
  await writeFile(
    join(folder, 'package.json'),
    '{ "name": "a", "version": "1.0.0", "dependencies": { "b": "1.0.0" } }',
  );
  await writeFile(
    join(folder, 'package-lock.json'),
    JSON.stringify({
      name: 'a',
      version: '1.0.0',
      lockfileVersion: 3,
      packages: {
        '': { name: 'a', version: '1.0.0', dependencies: { b: '1.0.0' } },
        'node_modules/b': { version: '1.0.0' },
      },
    }),
  );
});
afterEach(async () => {
  server?.closeAllConnections();
  await new Promise((done) => (server === undefined ? done(undefined) : server.close(done)));
  server = undefined;
  await rm(folder, { recursive: true, force: true });
});

/** Of a registry that gives this answer to the question about advisories. */
async function verdictOf(status: number, advisories: unknown): Promise<AuditVerdict> {
  const registry = createServer((request, response) => {
    request.resume();
    const isQuestion = request.url === '/-/npm/v1/security/advisories/bulk';
    response.writeHead(isQuestion ? status : 404, { 'content-type': 'application/json' });
    response.end(JSON.stringify(isQuestion ? advisories : {}));
  });
  server = registry;
  await new Promise<void>((done) => registry.listen(0, '127.0.0.1', done));
  const { port } = registry.address() as AddressInfo;
  const env = { ...process.env, npm_config_fetch_retries: '0', npm_config_cache: join(folder, 'cache') };
  const args = ['audit', '--json', '--package-lock-only', `--registry=http://127.0.0.1:${port}/`];
  return auditVerdict(await npm(folder, args, { mayFail: true, env }));
}

test('a registry that knows of nothing', async () => {
  expect(await verdictOf(200, {})).toEqual({ kind: 'none known' });
});

test('a registry that knows of a vulnerability', async () => {
  const advisory = {
    id: 1,
    url: 'https://example.com/1',
    title: 'bad',
    severity: 'high',
    vulnerable_versions: '<2.0.0',
  };
  expect(await verdictOf(200, { b: [advisory] })).toEqual({
    kind: 'vulnerable',
    packages: ['b: high, bad (https://example.com/1)'],
  });
});

test('a registry that does not answer such questions is not taken for one that knows of nothing', async () => {
  expect(await verdictOf(405, {})).toMatchObject({
    kind: 'no answer',
    why: expect.stringContaining('405') as unknown,
  });
});

test('neither is an npm that dies without a word', () => {
  expect(auditVerdict({ exitCode: 1, stdout: '', stderr: '' })).toEqual({
    kind: 'no answer',
    why: 'exit code 1',
  });
});
