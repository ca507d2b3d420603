// ARM templates: parameters, variables, the one container group, and what a deployment would have known.
import { notesOf, problemsOf, specOf } from '../support/parse';
import { template } from './support';

const VALUE = '/resources/0/properties/containers/0/properties/environmentVariables/0/value';

test('the template of the guide is taken as it is', () => {
  const gpudeploy = {
    $schema: 'https://schema.management.azure.com/schemas/2015-01-01/deploymentTemplate.json#',
    contentVersion: '1.0.0.0',
    parameters: {
      containerGroupName: {
        type: 'string',
        defaultValue: 'gpucontainergrouprm',
        metadata: { description: 'Container Group name.' },
      },
    },
    variables: {
      containername: 'gpucontainer',
      containerimage: 'mcr.microsoft.com/azuredocs/samples-tf-mnist-demo:gpu',
    },
    resources: [
      {
        name: "[parameters('containerGroupName')]",
        type: 'Microsoft.ContainerInstance/containerGroups',
        apiVersion: '2019-12-01',
        location: '[resourceGroup().location]',
        properties: {
          containers: [
            {
              name: "[variables('containername')]",
              properties: {
                image: "[variables('containerimage')]",
                resources: { requests: { cpu: 4.0, memoryInGb: 12.0, gpu: { count: 1, sku: 'V100' } } },
              },
            },
          ],
          osType: 'Linux',
          restartPolicy: 'OnFailure',
        },
      },
    ],
  };
  const spec = {
    name: 'gpucontainergrouprm',
    image: 'mcr.microsoft.com/azuredocs/samples-tf-mnist-demo:gpu',
    resources: { cpu: 4, memoryGb: 12 },
    gpu: { count: 1, sku: 'V100' },
  };
  expect(specOf(gpudeploy)).toEqual(spec);
  expect(specOf(gpudeploy, { location: 'eastus', parameters: { containergroupname: 'mine' } })).toEqual({
    ...spec,
    name: 'mine',
  });
  const body = {
    properties: {
      template: gpudeploy,
      parameters: { containerGroupName: { value: 'mine' } },
      mode: 'Incremental',
    },
  };
  expect(specOf(body)).toEqual({ ...spec, name: 'mine' });
  expect(specOf({ template: gpudeploy, parameters: { containerGroupName: 'mine' } })).toEqual({
    ...spec,
    name: 'mine',
  });
});

describe('parameters', () => {
  const declared = (declaration: object): Record<string, unknown> =>
    template({ value: "[string(parameters('p'))]", parameters: { p: declaration } });

  test.each([
    ['has neither default nor value', declared({ type: 'string' }), {}, /parameter p, which has no default/],
    ['is of another type', declared({ type: 'int' }), { p: 'x' }, /must be of type int/],
    [
      'is none of the allowed',
      declared({ type: 'string', allowedValues: ['a', 'b'] }),
      { p: 'c' },
      /must be one of \["a","b"\]/,
    ],
    ['is too small', declared({ type: 'int', minValue: 3 }), { p: 2 }, /breaks its minValue of 3/],
    ['is too long', declared({ type: 'string', maxLength: 2 }), { p: 'abc' }, /breaks its maxLength of 2/],
    [
      'is made from itself',
      declared({ type: 'string', defaultValue: "[parameters('P')]" }),
      {},
      /made from itself/,
    ],
  ])('one that %s', (_what, document, parameters, problem) => {
    expect(problemsOf(document, { parameters })).toEqual([expect.stringMatching(problem)]);
  });

  test('that no declaration names are problems where they are given', () => {
    expect(problemsOf(template(), { parameters: { p: 1 } })[0]).toMatch(
      /^ gets a parameter "p" that the template does not declare/,
    );
    expect(problemsOf({ template: template(), parameters: { p: { value: 1 } } })[0]).toMatch(
      /^\/parameters\/p is a parameter that/,
    );
    expect(problemsOf(template({ value: "[parameters('q')]" }))).toEqual([
      `${VALUE} uses the parameter q, which the template does not declare`,
    ]);
  });

  test('by reference to a key vault are refused with the advice to give them', () => {
    const body = {
      template: declared({ type: 'string' }),
      parameters: { p: { reference: { secretName: 's' } } },
    };
    expect(problemsOf(body)[0]).toMatch(/^\/parameters\/p refers to a key vault/);
  });

  test('that are secure become secure values only, and are never told', () => {
    const parameters = { p: { type: 'secureString' } };
    const readable = template({
      value: "[concat(variables('v'), 'x')]",
      parameters,
      variables: { v: "[parameters('p')]" },
    });
    expect(problemsOf(readable, { parameters: { p: 'hush' } })).toEqual([
      `${VALUE} is made from the secure parameter p and would be stored readably; only the secureValue of a variable of the environment may be`,
    ]);
    const secure = JSON.stringify(readable).replace('"value":"[concat', '"secureValue":"[concat');
    expect(specOf(secure, { parameters: { p: 'hush' } })).toMatchObject({ env: { V: { secure: 'hushx' } } });
    expect(problemsOf(secure, { parameters: { p: 7 } }).join()).not.toContain('7');
  });

  test('a parameter file alone is recognised as such', () => {
    const file = {
      $schema: 'https://schema.management.azure.com/schemas/2019-04-01/deploymentParameters.json#',
      parameters: {},
    };
    expect(problemsOf(file)).toEqual([expect.stringMatching(/is a parameter file; submit the template/)]);
  });

  test('a schema of any shape breaks nothing', () => {
    expect(problemsOf({ $schema: { toString: [] }, resources: [] })).not.toEqual([]);
  });
});

test('a schema that is no text is none', () => {
  expect(specOf({ template: { ...template(), $schema: { toString: 0 } } })).toMatchObject({
    env: { V: 'x' },
  });
});

describe('variables', () => {
  test('can be objects and lists with expressions in them', () => {
    const variables = { deep: { list: ['a', { b: "[variables('other')]" }] }, other: 'c' };
    expect(specOf(template({ value: "[variables('deep').list[1].b]", variables }))).toMatchObject({
      env: { V: 'c' },
    });
  });

  test('that are made from each other are reported', () => {
    const variables = { a: "[variables('b')]", b: "[variables('A')]" };
    expect(problemsOf(template({ value: "[variables('a')]", variables }))[0]).toMatch(
      /which is made from itself$/,
    );
  });

  test('can be whole parts of the group', () => {
    const document = template({
      group: { tags: "[variables('tags')]" },
      variables: { tags: { a: "[toUpper('b')]" } },
    });
    expect(specOf(document)).toMatchObject({ labels: { a: 'B' } });
  });

  test('that double each other do not take long', () => {
    const doubling = (make: (of: string) => string): object =>
      Object.fromEntries(Array.from({ length: 30 }, (_, i) => [`v${i + 1}`, make(`variables('v${i}')`)]));
    const texts = { v0: 'xxxxxxxx', ...doubling((of) => `[concat(${of}, ${of})]`) };
    expect(problemsOf(template({ value: "[variables('v30')]", variables: texts }))[0]).toMatch(
      /more than 65536 characters|produce too much/,
    );
    const lists = { v0: ['x'], ...doubling((of) => `[createArray(${of}, ${of})]`) };
    expect(problemsOf(template({ value: "[string(variables('v30'))]", variables: lists }))[0]).toMatch(
      /produce too much/,
    );
  });
});

describe('resources', () => {
  const storage = { type: 'Microsoft.Storage/storageAccounts', name: 's' };

  test('besides the group are noted as ignored', () => {
    expect(notesOf(template({ others: [storage] }))).toEqual([
      expect.stringMatching(
        /^ignored \/resources\/0 has no effect: Microsoft.Storage\/storageAccounts s is no container group/,
      ),
    ]);
  });

  test('of which none is a group are a problem', () => {
    expect(problemsOf(template({ top: { resources: [storage] } }))).toEqual([
      expect.stringMatching(
        /^\/resources has no resource of type Microsoft.ContainerInstance\/containerGroups/,
      ),
    ]);
  });

  test('of which two are groups are a problem, unless a condition leaves one', () => {
    const [one] = template()['resources'] as object[];
    const two = (condition: unknown): Record<string, unknown> =>
      template({ others: [{ ...one, name: 'other', condition }] });
    expect(problemsOf(two(true))[0]).toMatch(
      /has 2 container groups \(other, gpucontainergroup\), a job is one/,
    );
    expect(specOf(two('[equals(1, 2)]'))).toMatchObject({ name: 'gpucontainergroup' });
  });

  test('can be a mapping of symbolic names', () => {
    const [one] = template()['resources'] as object[];
    expect(specOf(template({ top: { languageVersion: '2.0', resources: { job: one } } }))).toMatchObject({
      env: { V: 'x' },
    });
  });
});
