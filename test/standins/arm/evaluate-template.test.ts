// Templates of Azure's guides, evaluated by hand here and by the stand-in; and what it says of others.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { evaluateTemplate } from '../../../standins/arm/evaluate-template';
import { ArmFault } from '../../../standins/wire/arm-error';

const sample = (path: string): unknown =>
  JSON.parse(readFileSync(join(__dirname, '../../../samples', path), 'utf8')) as unknown;

const evaluate = (template: unknown, parameters: Record<string, { value?: unknown }> = {}) =>
  evaluateTemplate({ template, parameters, resourceGroupLocation: 'westeurope' });

const RESOURCE = {
  type: 'Microsoft.ContainerInstance/containerGroups',
  apiVersion: '2022-09-01',
  name: 'one',
  properties: {},
};
const template = (changes: Record<string, unknown> = {}): Record<string, unknown> => ({
  $schema: 'https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#',
  contentVersion: '1.0.0.0',
  resources: [RESOURCE],
  ...changes,
});

it("evaluates the guide's template with its own name", () => {
  expect(evaluate(sample('tensorflow-mnist/gpudeploy.json'))).toEqual({
    parameters: { containerGroupName: { type: 'String', value: 'gpucontainergrouprm' } },
    resources: [
      {
        type: 'Microsoft.ContainerInstance/containerGroups',
        apiVersion: '2019-12-01',
        name: 'gpucontainergrouprm',
        location: 'westeurope',
        properties: {
          osType: 'Linux',
          restartPolicy: 'OnFailure',
          containers: [
            {
              name: 'gpucontainer',
              properties: {
                image: 'mcr.microsoft.com/azuredocs/samples-tf-mnist-demo:gpu',
                resources: { requests: { cpu: 4, memoryInGb: 12, gpu: { count: 1, sku: 'V100' } } },
              },
            },
          ],
        },
      },
    ],
  });
});

it('takes a parameter that is given, by a name in any case', () => {
  const { resources } = evaluate(sample('cuda-vector-add/gpudeploy.json'), {
    CONTAINERGROUPNAME: { value: 'mine' },
  });
  expect(resources[0]?.name).toBe('mine');
});

it.each([
  ["[parameters('p')]", 'from the parameter'],
  ["[ PARAMETERS ( 'P' ) ]", 'from the parameter'],
  ["[variables('v')]", 'from the parameter'],
  ['[resourceGroup().location]', 'westeurope'],
  ['[[literal]', '[literal]'],
  ['[not closed', '[not closed'],
  ['plain', 'plain'],
  ["[variables('it''s')]", 'quoted'],
])('makes of %j %j', (written, value) => {
  const { resources } = evaluate(
    template({
      parameters: { p: { type: 'String', defaultValue: 'from the parameter' } },
      variables: { v: "[parameters('p')]", "it's": 'quoted' },
      resources: [{ ...RESOURCE, properties: { a: [{ b: written }] } }],
    }),
  );
  expect(resources[0]?.properties).toEqual({ a: [{ b: value }] });
});

it('keeps numbers and truth values as they are, under parameters of their types', () => {
  const { resources } = evaluate(
    template({
      parameters: { n: { type: 'int' }, b: { type: 'bool', defaultValue: false } },
      resources: [{ ...RESOURCE, properties: { n: "[parameters('n')]", b: "[parameters('b')]" } }],
    }),
    { n: { value: 2 } },
  );
  expect(resources[0]?.properties).toEqual({ n: 2, b: false });
});

describe('refuses as InvalidTemplate, at its place,', () => {
  const inProperties = (value: unknown): Record<string, unknown> =>
    template({ resources: [{ ...RESOURCE, properties: { a: value } }] });
  const string = { type: 'string' };
  it.each<[string, Record<string, unknown>, string, RegExp]>([
    [
      'another function',
      inProperties("[concat('a', 'b')]"),
      'resources[0].properties.a',
      /does not evaluate the expression \[concat\('a', 'b'\)\]/,
    ],
    [
      'more of a resource group',
      inProperties('[resourceGroup().name]'),
      'resources[0].properties.a',
      /does not evaluate/,
    ],
    [
      'a parameter that is missing',
      inProperties("[parameters('p')]"),
      'resources[0].properties.a',
      /parameter 'p' is not found/,
    ],
    [
      'a variable that is missing',
      inProperties("[variables('v')]"),
      'resources[0].properties.a',
      /variable 'v' is not found/,
    ],
    [
      'a parameter without a value',
      template({ parameters: { p: string } }),
      'parameters.p',
      /value for the template parameter 'p' is not provided/,
    ],
    [
      'a value of another type',
      template({ parameters: { p: { ...string, defaultValue: 1 } } }),
      'parameters.p',
      /Expected 'string'\. Actual: 1/,
    ],
    [
      'another type',
      template({ parameters: { p: { type: 'object' } } }),
      'parameters.p.type',
      /does not evaluate another value than 'string', 'int', 'bool'/,
    ],
    [
      'allowed values',
      template({ parameters: { p: { ...string, allowedValues: ['a'] } } }),
      'parameters.p',
      /'allowedValues'/,
    ],
    [
      'a circle',
      template({
        variables: { a: "[variables('b')]", b: "[variables('a')]" },
        resources: [{ ...RESOURCE, properties: { a: "[variables('a')]" } }],
      }),
      'variables.b',
      /circle of references/,
    ],
    ['copies of a variable', template({ variables: { copy: [] } }), 'variables', /'copy'/],
    ['copies of a property', inProperties({ copy: [] }), 'resources[0].properties.a', /'copy'/],
    ['copies of a resource', template({ resources: [{ ...RESOURCE, copy: {} }] }), 'resources[0]', /'copy'/],
    [
      'a condition',
      template({ resources: [{ ...RESOURCE, condition: true }] }),
      'resources[0]',
      /'condition'/,
    ],
    [
      'dependencies',
      template({ resources: [{ ...RESOURCE, dependsOn: ['x'] }] }),
      'resources[0].dependsOn',
      /entries/,
    ],
    ['outputs', template({ outputs: { o: {} } }), 'outputs.o', /entries/],
    ['symbolic names', template({ languageVersion: '2.0' }), '', /'languageVersion'/],
    [
      'another resource',
      template({ resources: [{ ...RESOURCE, type: 'Microsoft.Compute/virtualMachines' }] }),
      'resources[0].type',
      /resources of type 'Microsoft\.Compute/,
    ],
    [
      'another scope',
      template({
        $schema:
          'https://schema.management.azure.com/schemas/2018-05-01/subscriptionDeploymentTemplate.json#',
      }),
      '$schema',
      /templates of the schema/,
    ],
    [
      'a name that is no text',
      template({
        parameters: { n: { type: 'int', defaultValue: 1 } },
        resources: [{ ...RESOURCE, name: "[parameters('n')]" }],
      }),
      'resources[0].name',
      /must be a text, it is 1/,
    ],
    [
      'no version of the content',
      template({ contentVersion: undefined }),
      'contentVersion',
      /must be of type string/,
    ],
  ])('%s', (_what, document, path, why) => {
    const fault = faultOf(() => evaluate(document));
    expect([fault.status, fault.code]).toEqual([400, 'InvalidTemplate']);
    expect(fault.message).toMatch(/^Deployment template validation failed: '/);
    expect(fault.message).toMatch(why);
    const place = path === '' ? '' : `properties.template.${path}`;
    expect(fault.more).toMatchObject({
      additionalInfo: [{ type: 'TemplateViolation', info: { path: place } }],
    });
  });

  it('a parameter that the template does not have, and one that is given by reference', () => {
    expect(faultOf(() => evaluate(template(), { p: { value: 1 } })).message).toContain(
      "'p' in the parameters file are not valid",
    );
    const declared = template({ parameters: { p: string } });
    expect(faultOf(() => evaluate(declared, { p: {} })).message).toContain('otherwise than by a value');
  });
});

function faultOf(work: () => unknown): ArmFault {
  try {
    work();
  } catch (error) {
    if (error instanceof ArmFault) return error;
    throw error;
  }
  throw new Error('It was not refused.');
}
