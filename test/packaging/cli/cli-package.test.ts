// The CLI's own package from an empty folder, without a deployment.
import { readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';

import { AZURE_CLIENTS } from '../../../cli/azure-clients';
import { EXIT } from '../../../cli/exit-codes';
import { cliBundles, packagesLeftOut } from '../../../packaging/cli/cli-bundles';
import { typeErrors } from './support/type-errors';
import { unpackCli, type UnpackedCli } from './support/unpacked-cli';

const ROOT = resolve(__dirname, '../../..');
const MOST_BYTES = 1_000_000;
const NOWHERE = { GPUJOBS_URL: 'http://127.0.0.1:9' };

let cli: UnpackedCli;
beforeAll(async () => {
  cli = await unpackCli();
}, 60_000);
afterAll(() => cli.remove());

test('it is under 1 MB, and holds two programs, the types, the terms and nothing else', async () => {
  expect(cli.tarballBytes).toBeLessThan(MOST_BYTES);
  expect((await readdir(cli.package)).sort()).toEqual([
    ...['LICENSE', 'README.md', 'THIRD-PARTY-NOTICES.txt', 'client.d.ts', 'client.js', 'gpujobs.js'],
    'package.json',
  ]);
});

test('it names no path of the checkout', async () => {
  for (const file of await readdir(cli.package))
    expect(await readFile(join(cli.package, file), 'utf8')).not.toContain(ROOT);
});

test('what it leaves out is what its commands ask for, at the versions of the repository', async () => {
  const { dependencies } = createRequire(__filename)('../../../package.json') as {
    dependencies: Record<string, string>;
  };
  const leftOut = packagesLeftOut(await cliBundles(ROOT));
  expect(AZURE_CLIENTS).toEqual(Object.fromEntries(leftOut.map((name) => [name, dependencies[name]])));
});

test('npm installs nothing beside it', async () => {
  const manifest = JSON.parse(await readFile(join(cli.package, 'package.json'), 'utf8')) as Record<
    string,
    Record<string, { optional?: boolean }>
  >;
  expect(manifest).not.toHaveProperty('dependencies');
  expect(manifest).not.toHaveProperty('scripts');
  const optional = Object.entries(manifest['peerDependenciesMeta'] ?? {}).filter(([, meta]) => meta.optional);
  expect(optional.map(([name]) => name)).toEqual(Object.keys(manifest['peerDependencies'] ?? {}));
});

test('gpujobs shows its commands', async () => {
  const { exitCode, out } = await cli.gpujobs(['--help']);
  expect(exitCode).toBe(EXIT.ok);
  for (const command of ['submit', 'convert', 'doctor', 'sweep']) expect(out).toContain(`  ${command} `);
});

test('gpujobs converts a manifest', async () => {
  const manifest = join(ROOT, 'samples/tensorflow-mnist/kubernetes-job.yaml');
  const { exitCode, out } = await cli.gpujobs(['convert', manifest]);
  expect(exitCode).toBe(EXIT.ok);
  expect(JSON.parse(out)).toMatchObject({ image: expect.any(String) as unknown });
});

test('doctor, given settings, says what to install for them, and sweep does', async () => {
  await writeFile(join(cli.folder, 'settings.json'), '{}');
  const doctor = await cli.gpujobs(['doctor', '--settings', 'settings.json'], NOWHERE);
  const sweep = await cli.gpujobs(['sweep', '--expired-only', '--owner', 'owner0000000']);
  for (const { exitCode, err } of [doctor, sweep]) {
    expect(exitCode).toBe(EXIT.config);
    expect(err).toContain(
      `npm install "@azure/arm-appcontainers@${AZURE_CLIENTS['@azure/arm-appcontainers']}"`,
    );
  }
  expect(doctor.out).toContain('FAILED   API: ');
});

test('doctor with Azure’s clients beside it checks the settings', async () => {
  const clients = join(cli.folder, 'node_modules', '@azure');
  await symlink(join(ROOT, 'node_modules', '@azure'), clients);
  await writeFile(join(cli.folder, 'settings.json'), '{ "GPU_JOBS_PLACEMENTS": "[]" }');
  const { exitCode, out } = await cli.gpujobs(['doctor', '--settings', 'settings.json'], NOWHERE);
  expect(exitCode).toBe(EXIT.findings);
  expect(out).toMatch(/FAILED {3}settings: .*GPU_JOBS_PLACEMENTS/);
});

test('a program gets the client by the package’s name', async () => {
  const { out } = await cli.program(
    "const { createGpuJobsClient } = require('gpu-job-runner-cli/client'); console.log(createGpuJobsClient({ url: 'http://localhost:7071/' }).url)",
  );
  expect(out).toBe('http://localhost:7071\n');
});

test('its types know what the client can do, without any other package', () => {
  const program = `import { createGpuJobsClient } from 'gpu-job-runner-cli/client';
    const client = createGpuJobsClient({ url: 'https://app.example' });
    const { id } = await client.jobs.submit({ image: 'a', gpu: { count: 1, sku: 'T4' } });
    const { state } = await client.untilOver(id);
    export const isGood: boolean = state === 'Succeeded';
    await client.jobs.submit({ picture: 'a' });
    await client.untilDoomsday(id);`;
  expect(typeErrors(cli.folder, program)).toEqual([
    expect.stringContaining("'picture' does not exist in type"),
    expect.stringContaining("'untilDoomsday' does not exist on type"),
  ]);
});
