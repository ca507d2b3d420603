// The file through which clients find the local cluster.
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { keepKubeconfig, keptToken } from '../../../standins/kubernetes/kept-kubeconfig';

const AUTHORITY = 'the authority';

let folder: string;
let file: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gpu-jobs-kubeconfig-'));
  file = join(folder, 'state', 'kubeconfig.yaml');
});
afterEach(() => rm(folder, { recursive: true, force: true }));

test('it leads to the server with a token that only its user can read', async () => {
  const token = await keptToken(file);
  await keepKubeconfig(file, 'https://127.0.0.1:7073', token, AUTHORITY);
  const text = await readFile(file, 'utf8');
  expect(text).toContain("server: 'https://127.0.0.1:7073'");
  expect(text).toContain(`certificate-authority-data: '${Buffer.from(AUTHORITY).toString('base64')}'`);
  expect(text).toContain(`token: '${token}'`);
  expect((await stat(file)).mode & 0o777).toBe(0o600);
});

test('a later start keeps the token, also where the server has another port', async () => {
  const token = await keptToken(file);
  await keepKubeconfig(file, 'https://127.0.0.1:1', token, AUTHORITY);
  await keepKubeconfig(file, 'https://127.0.0.1:2', await keptToken(file), AUTHORITY);
  expect(await keptToken(file)).toBe(token);
  expect(await readFile(file, 'utf8')).toContain("server: 'https://127.0.0.1:2'");
});

test('each state folder has a token of its own', async () => {
  expect(await keptToken(file)).not.toBe(await keptToken(file));
});

test('a file that is none of ours is replaced by one that is', async () => {
  await keepKubeconfig(file, 'https://127.0.0.1:1', await keptToken(file), AUTHORITY);
  await writeFile(file, 'kind: Config\n');
  const token = await keptToken(file);
  expect(token).toHaveLength(32);
  await keepKubeconfig(file, 'https://127.0.0.1:1', token, AUTHORITY);
  expect(await readFile(file, 'utf8')).toContain(token);
});
