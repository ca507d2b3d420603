// Files that the command line reads: their encodings, Bicep, and templates with values beside them.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { JOB_ID } from '../client/support/jobs';
import { json } from '../client/support/scripted-fetch';
import { type Ran, runGpujobs } from './support/cli-stage';

const SUBMITTED = { id: JOB_ID, state: 'Queued', links: { self: '/', logs: '/', cancel: '/' } };
const TEMPLATE = `// one job
{
  "$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
  "definitions": { "word": { "type": "string" } },
  "parameters": {
    "tag": { "$ref": "#/definitions/word" },
    "cores": { "type": "int" },
    "isQuick": { "type": "bool", "defaultValue": false }
  },
  "resources": [
    {
      "type": "Microsoft.ContainerInstance/containerGroups",
      "name": "[if(parameters('isQuick'), 'quick', 'slow')]",
      "properties": {
        "osType": "Linux", "restartPolicy": "Never",
        "containers": [ { "name": "c", "properties": {
          "image": "[concat('train:', parameters('tag'))]",
          "resources": { "requests": { "cpu": "[parameters('cores')]", "memoryInGB": 2 } } } } ]
      }
    }
  ]
} // done`;

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gpujobs-documents-'));
});
afterEach(async () => {
  await rm(folder, { recursive: true });
});

async function withFile(
  command: readonly string[],
  name: string,
  content: string | Uint8Array,
  options: readonly string[] = [],
): Promise<Ran> {
  const path = join(folder, name);
  await writeFile(path, content);
  return runGpujobs([...command, path, ...options], () => json(SUBMITTED, { status: 202 }));
}

const PARAMETERS = ['tag=1.10', 'cores=2', 'isQuick=True'].flatMap((one) => ['--parameters', one]);

test('a value for a parameter of type string is the text as it stands; of another type what JSON makes of it', async () => {
  const ran = await withFile(['convert'], 'main.json', TEMPLATE, PARAMETERS);
  expect(ran).toMatchObject({ exitCode: 0 });
  expect(JSON.parse(ran.out)).toEqual({
    name: 'quick',
    image: 'train:1.10',
    resources: { cpu: 2, memoryGb: 2 },
  });
});

test('a template with comments is sent with its values, its lines where they were', async () => {
  const ran = await withFile(['submit'], 'main.json', TEMPLATE, PARAMETERS);
  expect(ran).toMatchObject({ exitCode: 0, out: `${JOB_ID}\n` });
  const body = ran.asked[0]?.body ?? '';
  expect(body.split('\n').slice(1, -1)).toEqual(TEMPLATE.split('\n').slice(1));
  const again = await withFile(['convert'], 'deployment.json', body);
  expect(JSON.parse(again.out)).toMatchObject({ name: 'quick', image: 'train:1.10' });
});

test('a parameter file may have comments, too', async () => {
  await writeFile(
    join(folder, 'p.json'),
    '{ "parameters": { "tag": { "value": "2" }, /* x */ "cores": { "value": 4 } } }',
  );
  const ran = await withFile(['convert'], 'main.json', TEMPLATE, ['--parameters', join(folder, 'p.json')]);
  expect(JSON.parse(ran.out)).toMatchObject({ image: 'train:2', resources: { cpu: 4 } });
});

test('a mistake in a parameter file has its line and column', async () => {
  await writeFile(join(folder, 'p.json'), '{ "parameters": {\n "tag": x } }');
  const ran = await withFile(['convert'], 'main.json', TEMPLATE, ['--parameters', join(folder, 'p.json')]);
  expect(ran.exitCode).not.toBe(0);
  expect(ran.err).toMatch(/p\.json" is not JSON: line 2, column 9: .*double quotes/);
});

test.each([
  ['main.bicep', '', /az bicep build --file/],
  ['main.bicepparam', '', /az bicep build-params --file/],
  [
    'job.txt',
    "@description('x')\nparam name string\nresource g 'A.B/c@2021-09-01' = {}\n",
    /az bicep build --file/,
  ],
])('%s is refused with the advice to build it', async (name, content, advice) => {
  const ran = await withFile(['convert'], name, content);
  expect(ran.exitCode).not.toBe(0);
  expect(ran.err).toMatch(advice);
});

test.each([
  ['UTF-8 with a byte order mark', Buffer.from('\uFEFF{"image":"ü"}', 'utf8')],
  ['UTF-16, as PowerShell writes it', Buffer.from('\uFEFF{"image":"ü"}', 'utf16le')],
  ['UTF-16 in the other order', Buffer.from('\uFEFF{"image":"ü"}', 'utf16le').swap16()],
])('a file in %s is read', async (_encoding, bytes) => {
  const ran = await withFile(['convert'], 'job.json', bytes);
  expect(JSON.parse(ran.out)).toEqual({ image: 'ü' });
});

test('a file in another encoding is refused, not read with its characters replaced', async () => {
  const ran = await withFile(['convert'], 'job.json', Buffer.from('{"image":"ü"}', 'latin1'));
  expect(ran.exitCode).not.toBe(0);
  expect(ran.err).toMatch(/is no text in UTF-8/);
});

test('a schedule in JSON has no comments', async () => {
  const text = '{ "cron": "0 9 * * *", // at nine\n "spec": { "image": "i" } }';
  const ran = await withFile(['schedule', 'add', 'n'], 's.json', text);
  expect(ran.exitCode).not.toBe(0);
  expect(ran.err).toMatch(/line 1, column 24: starts a comment/);
});

test('a restart policy may be given in any case, as Azure takes it; another word is refused', async () => {
  const always = TEMPLATE.replace('"Never"', '"Always"');
  const given = (policy: string): Promise<Ran> =>
    withFile(['convert'], 'main.json', always, [...PARAMETERS, '--restart-policy', policy]);
  expect(await given('never')).toMatchObject({ exitCode: 0 });
  const refused = await given('sometimes');
  expect(refused.exitCode).toBe(64);
  expect(refused.err).toContain('OnFailure, Never');
});
