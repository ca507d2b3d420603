// Resources as Bicep writes them: modules, nested templates, symbolic names.
import { notesOf, problemsOf, specOf } from '../support/parse';
import { groupOf, template } from './support';

describe('resources', () => {
  const module = (
    inner: Record<string, unknown>,
    properties: object = {},
    of: object = {},
  ): Record<string, unknown> => ({
    $schema: inner['$schema'],
    contentVersion: '1.0.0.0',
    parameters: { outer: { type: 'string', defaultValue: 'from outside' } },
    resources: [
      {
        type: 'Microsoft.Resources/deployments',
        apiVersion: '2022-09-01',
        name: 'm',
        properties: {
          expressionEvaluationOptions: { scope: 'inner' },
          mode: 'Incremental',
          template: inner,
          ...properties,
        },
        ...of,
      },
    ],
  });
  const inner = template({ value: "[parameters('p')]", parameters: { p: { type: 'string' } } });
  const parameters = { p: { value: "[parameters('outer')]" } };

  test('of a module see its parameters, which see the outside', () => {
    expect(specOf(module(inner, { parameters }))).toMatchObject({ env: { V: 'from outside' } });
    expect(problemsOf(module(inner))[0]).toMatch(
      /^\/resources\/0\/properties\/template\/resources\/0\/.*uses the parameter p, which has no default/,
    );
    expect(specOf(module(module(inner, { parameters }), {}))).toMatchObject({ env: { V: 'from outside' } });
  });

  test('of a nested template see the outside, where its options do not say otherwise', () => {
    const plain = template({ value: "[parameters('outer')]" });
    expect(specOf(module(plain, { expressionEvaluationOptions: undefined }))).toMatchObject({
      env: { V: 'from outside' },
    });
  });

  test('of a module follow its condition and its copy', () => {
    expect(problemsOf(module(inner, { parameters }, { condition: false }))[0]).toMatch(/that is deployed/);
    const copied = module(
      inner,
      { parameters: { p: { value: "[concat('copy ', copyIndex())]" } } },
      { copy: { name: 'c', count: 1 } },
    );
    expect(specOf(copied)).toMatchObject({ env: { V: 'copy 0' } });
  });

  test('of a module without a group are of no interest, whatever they ask Azure', () => {
    const other = {
      type: 'Microsoft.Resources/deployments',
      name: 'net',
      condition: "[reference('x').y]",
      properties: { template: { resources: [] } },
    };
    const document = template({ others: [other] });
    expect(specOf(document)).toMatchObject({ env: { V: 'x' } });
    expect(notesOf(document)[0]).toMatch(
      /^ignored \/resources\/0 has no effect: Microsoft.Resources\/deployments net/,
    );
  });

  test('of a linked template are not fetched', () => {
    expect(problemsOf(module(inner, { template: undefined, templateLink: { uri: 'https://x' } }))[0]).toMatch(
      /Linked templates are not fetched/,
    );
  });

  test('that exist already are not made', () => {
    const group = groupOf(template());
    const named = {
      job: group,
      old: { ...group, existing: true },
      acr: { existing: true, type: 'Microsoft.ContainerRegistry/registries', name: 'r' },
    };
    const document = template({
      top: {
        languageVersion: '2.0',
        resources: named,
        outputs: { o: { type: 'string', value: "[reference('job').x]" } },
      },
    });
    expect(specOf(document)).toMatchObject({ env: { V: 'x' } });
    expect(notesOf(document)).toContainEqual(
      expect.stringMatching(/^ignored \/resources\/old has no effect: it exists already/),
    );
  });
});
