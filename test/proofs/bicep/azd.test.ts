// azure.yaml, main.parameters.json and files of parameters are held against what azd and the Bicep say.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { checkAzureYaml } from '../../../proofs/bicep/azd/azure-yaml';
import { checkParametersJson } from '../../../proofs/bicep/azd/parameters-json';
import { checkBicep } from '../../../proofs/bicep/check-bicep';
import { checkFolder } from '../../../proofs/bicep/check-folder';
import { type Finding, saidOfFinding } from '../../../proofs/bicep/finding';
import { fromDisk } from '../../../proofs/bicep/model/project';
import { createResourceTypes } from '../../../proofs/bicep/model/resource-types';

const SOUND = join(__dirname, '../../fixtures/bicep');
const TYPES = createResourceTypes();
const said = (findings: readonly Finding[]): string[] => findings.map(saidOfFinding);

const PARAMETERS = 'main.bicepparam';

/** The sound Bicep, with a file of parameters beside it. */
function checked(parameters = ''): ReturnType<typeof checkBicep> {
  const files = ['main.bicep', 'app.bicep', 'identity.bicep', 'alerts.bicep'];
  const all = parameters === '' ? files : [...files, PARAMETERS];
  const read = (location: string): string | undefined =>
    location.endsWith(PARAMETERS) ? parameters : fromDisk(location);
  return checkBicep(
    all.map((file) => join(SOUND, file)),
    SOUND,
    read,
    TYPES,
  );
}

const { models } = checked();
const azureYaml = (text: string): string[] =>
  said(
    checkAzureYaml('azure.yaml', text, models, { exists: (path) => path !== 'gone', scripts: ['package'] }),
  );

const SERVICE = `name: sound
services:
  api:
    project: .
    host: function
    language: ts
`;

test('nothing is said of a sound azure.yaml, nor of the own one', () => {
  expect(azureYaml(SERVICE)).toEqual([]);
  expect(azureYaml(readFileSync(join(__dirname, '../../../azure.yaml'), 'utf8'))).toEqual([]);
});

test.each([
  [
    'a host that azd does not know',
    SERVICE.replace('host: function', 'host: functions'),
    'azure.yaml:5:5: "functions" is none of',
  ],
  [
    'a member that azd does not know',
    `${SERVICE}servces: {}\n`,
    'azure.yaml:7:1: azd reads no "servces" here. Did you mean "services"?',
  ],
  ['no name', SERVICE.replace('name: sound\n', ''), "must have required property 'name'"],
  [
    'a service that no resource is tagged for',
    SERVICE.replace('api:', 'apis:'),
    'azure.yaml:3:3: No resource has the tag',
  ],
  [
    'a project that is not there',
    SERVICE.replace('project: .', 'project: gone'),
    'There is no folder "gone"',
  ],
  [
    'a script that is not there',
    `${SERVICE}hooks:\n  postup:\n    shell: sh\n    run: npm run packages\n`,
    'no script "packages". Did you mean "package"?',
  ],
  ['what is no YAML', 'name: [', 'azure.yaml:1:'],
])('%s is told', (_, text, says) => {
  const found = azureYaml(text);
  expect(found.find((one) => one.includes(says)) ?? found).toEqual(expect.any(String));
});

test('a folder that azd would deploy without an azure.yaml beside it or above is told', () => {
  expect(said(checkFolder(SOUND, SOUND).findings)).toEqual([
    'main.bicep:1:1: There is no azure.yaml beside this file or one folder above: azd would not find the project. Put it there.',
  ]);
});

const given = (parameters: Record<string, unknown>): string => {
  const members = Object.entries(parameters).map(
    ([name, value]) => `    "${name}": { "value": ${JSON.stringify(value)} }`,
  );
  return `{\n  "parameters": {\n${members.join(',\n')}\n  }\n}\n`;
};

function parametersJson(parameters: Record<string, unknown>): string[] {
  const main = models.find(({ file }) => file.path === 'main.bicep');
  return main === undefined
    ? ['no main.bicep']
    : said(checkParametersJson('main.parameters.json', given(parameters), main));
}

const NEEDED = { environmentName: '${AZURE_ENV_NAME}', location: '${AZURE_LOCATION}' };

test.each([
  ['nothing', {}, undefined],
  [
    'a parameter that does not exist',
    { locaton: 'x' },
    'main.parameters.json:5:5: main.bicep has no parameter "locaton". Did you mean "location"?',
  ],
  ['a number as text', { maximumInstanceCount: 'many' }, "expected int, found 'many'"],
  ['a default that is no number', { maximumInstanceCount: '${MOST=many}' }, 'expected int, found "many"'],
  ['a default above the most', { maximumInstanceCount: '${MOST=4000}' }, 'must be at most 1000'],
  ['a default that is not allowed', { principalType: '${TYPE=Group}' }, "'Group' is none of"],
  ['a reference that is not closed', { alertEmail: '${EMAIL' }, 'is no reference that azd reads'],
])('of parameters with %s what is wrong is told', (_, parameters, says) => {
  const found = parametersJson({ ...NEEDED, ...parameters });
  if (says === undefined) expect(found).toEqual([]);
  else expect(found.find((one) => one.includes(says)) ?? found).toEqual(expect.any(String));
});

test('a parameter without a default that is not given is told', () => {
  expect(parametersJson({ location: '${AZURE_LOCATION}' })).toEqual([
    'main.parameters.json:2:3: The parameter "environmentName" of main.bicep has no default and no value here.',
  ]);
});

test.each([
  ["using 'main.bicep'\nparam environmentName = 'x'\nparam location = 'y'\n", undefined],
  ["using 'mein.bicep'\n", "main.bicepparam:1:7: There is no Bicep file 'mein.bicep'"],
  [
    "using 'main.bicep'\nparam location = 'y'\n",
    'The parameter "environmentName" of main.bicep has no default',
  ],
  [
    "using 'main.bicep'\nparam environmentName = 1\nparam location = 'y'\n",
    'main.bicepparam:2:25: "environmentName": expected string',
  ],
  [
    "using 'main.bicep'\nparam environmentName = 'x'\nparam location = 'y'\nparam place = 'z'\n",
    'has no parameter "place"',
  ],
  [
    "using 'main.bicep'\nparam environmentName = 'x'\nparam location = 'y'\nparam hookToken = 'abc'\n",
    'is a secret',
  ],
])('of the file of parameters %j what is wrong is told', (text, says) => {
  const found = said(checked(text).findings);
  if (says === undefined) expect(found).toEqual([]);
  else expect(found.find((one) => one.includes(says)) ?? found).toEqual(expect.any(String));
});
