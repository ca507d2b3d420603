// The types of parameters that Bicep writes, by reference to the template's definitions.
import { problemsOf, specOf } from '../support/parse';
import { template, valueOf } from './support';

describe('types', () => {
  const definitions = {
    level: { type: 'string', allowedValues: ['low', 'high'] },
    gpu: {
      type: 'object',
      properties: {
        sku: { type: 'string' },
        count: { type: 'int', minValue: 1 },
        level: { $ref: '#/definitions/level', nullable: true },
        inner: { $ref: '#/definitions/gpu', nullable: true },
      },
      additionalProperties: false,
    },
  };
  const declared = (parameter: object): Record<string, unknown> =>
    template({ value: "[string(parameters('p'))]", parameters: { p: parameter }, top: { definitions } });

  test.each([
    [{ sku: 'T4', count: 1 }, undefined],
    [{ sku: 'T4', count: 1, level: null, inner: { sku: 'x', count: 2 } }, undefined],
    [{ count: 1 }, /value has no sku/],
    [{ sku: 'T4', count: '1' }, /value at \/count must be of type int/],
    [{ sku: 'T4', count: 0 }, /value at \/count breaks its minValue of 1/],
    [{ sku: 'T4', count: 1, level: 'top' }, /value at \/level must be one of \["low","high"\]/],
    [{ sku: 'T4', count: 1, more: 1 }, /value has more, which its type does not have/],
    [{ sku: 'T4', count: 1, inner: { sku: 'x' } }, /value has no inner\/count/],
    [null, /value must not be null/],
  ])('of an object: %j', (p, problem) => {
    const document = declared({ $ref: '#/definitions/gpu' });
    const options = { parameters: { p } };
    if (problem === undefined)
      expect(specOf(document, options)).toMatchObject({ env: { V: JSON.stringify(p) } });
    else expect(problemsOf(document, options)).toEqual([expect.stringMatching(problem)]);
  });

  test('of a list, by item and in order', () => {
    const list = declared({ type: 'array', items: { $ref: '#/definitions/level' } });
    expect(specOf(list, { parameters: { p: ['low'] } })).toMatchObject({ env: { V: '["low"]' } });
    expect(problemsOf(list, { parameters: { p: ['low', 'x'] } })[0]).toMatch(/value at \/1 must be one of/);
    const tuple = declared({
      type: 'array',
      prefixItems: [{ type: 'string' }, { type: 'int' }],
      items: false,
    });
    expect(specOf(tuple, { parameters: { p: ['a', 1] } })).toMatchObject({ env: { V: '["a",1]' } });
    expect(problemsOf(tuple, { parameters: { p: ['a', 1, 2] } })[0]).toMatch(/more than 2 items/);
  });

  test('that lead nowhere, or in a circle, are reported where they stand', () => {
    expect(problemsOf(declared({ $ref: '#/definitions/nope' }))[0]).toMatch(
      /^\/parameters\/p\/\$ref refers to a type/,
    );
    const circle = template({
      parameters: { p: { $ref: '#/definitions/a' } },
      top: { definitions: { a: { $ref: '#/definitions/a' } } },
    });
    expect(problemsOf(circle)[0]).toMatch(/refers to a type that the template does not define/);
  });

  test('with a secret in them make the parameter a secret', () => {
    const parameters = { p: { type: 'object', properties: { key: { type: 'secureString' } } } };
    const document = template({ value: "[parameters('p').key]", parameters });
    expect(problemsOf(document, { parameters: { p: { key: 'hush' } } })).toEqual([
      expect.stringMatching(/is made from the secure parameter p and would be stored readably/),
    ]);
  });

  test('that are nullable give null to coalesce, tryGet and conditions', () => {
    const parameters = { p: { type: 'object', nullable: true } };
    expect(valueOf("[coalesce(tryGet(parameters('p'), 'a', 'b'), 'none')]", { parameters })).toBe('none');
    expect(valueOf("[if(equals(parameters('p'), null()), 'none', 'some')]", { parameters })).toBe('none');
    expect(valueOf("[tryGet(parameters('p'), 'a', 'b')]", { parameters }, { p: { a: { b: 'x' } } })).toBe(
      'x',
    );
  });
});

test('a parameter file may stand whole where its parameters are asked for', () => {
  const document = {
    template: template({ value: "[parameters('p')]", parameters: { p: { type: 'string' } } }),
    parameters: {
      $schema: 'https://schema.management.azure.com/schemas/2019-04-01/deploymentParameters.json#',
      contentVersion: '1.0.0.0',
      parameters: { p: { value: 'x' } },
    },
  };
  expect(specOf(document)).toMatchObject({ env: { V: 'x' } });
});

test('an object with a field "value" among others is itself the value of a parameter', () => {
  const document = template({ value: "[parameters('p').value]", parameters: { p: { type: 'object' } } });
  expect(specOf(document, { parameters: { p: { value: 'x', key: 'k' } } })).toMatchObject({
    env: { V: 'x' },
  });
});
