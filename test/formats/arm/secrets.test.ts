// Secure parameters: where they may go, how they came there, and that no problem shows them.
import { problemsOf, specOf } from '../support/parse';
import { groupOf, template } from './support';

const VARIABLE = '/resources/0/properties/containers/0/properties/environmentVariables/0';

describe('secrets', () => {
  const parameters = { pw: { type: 'securestring' } };
  const given = { parameters: { pw: 'hush' } };
  const withVariables = (environmentVariables: unknown, variables = {}): Record<string, unknown> => {
    const document = template({ parameters, variables });
    const [container] = (groupOf(document)['properties'] as { containers: { properties: object }[] })
      .containers;
    Object.assign(container?.properties ?? {}, { environmentVariables });
    return document;
  };

  test('reach a secureValue by variables, conditions, objects and copies', () => {
    const one = [
      { name: 'K', secureValue: "[parameters('pw')]" },
      { name: 'P', value: 'plain' },
    ];
    const variables = { env: one, more: [{ name: 'M', value: 'm' }] };
    const spec = { env: { K: { secure: 'hush' }, P: 'plain' } };
    expect(specOf(withVariables("[variables('env')]", variables), given)).toMatchObject(spec);
    const chosen =
      "[if(empty(parameters('pw')), variables('more'), union(variables('env'), variables('more')))]";
    expect(specOf(withVariables(chosen, variables), given)).toMatchObject({ env: { ...spec.env, M: 'm' } });
    const mapped =
      "[map(items(createObject('K', parameters('pw'))), lambda('i', createObject('name', lambdaVariables('i').key, 'secureValue', lambdaVariables('i').value)))]";
    expect(specOf(withVariables(mapped), given)).toMatchObject({ env: { K: { secure: 'hush' } } });
  });

  test.each([
    "[concat('a', parameters('pw'))]",
    "[variables('v').x]",
    "[base64(parameters('pw'))]",
    "[string(createArray(parameters('pw')))]",
    "[json(concat('\"', parameters('pw'), '\"'))]",
    "[substring(parameters('pw'), 0, 2)]",
    "[first(split(parameters('pw'), 'u'))]",
    "[format('{0}', length(parameters('pw')))]",
    "[reduce(createArray(parameters('pw')), '', lambda('a', 'b', concat(lambdaVariables('a'), lambdaVariables('b'))))]",
    "[coalesce(null(), parameters('pw'))]",
  ])('become nothing readable: %s', (value) => {
    const document = template({ value, parameters, variables: { v: { x: "[parameters('pw')]" } } });
    const problems = problemsOf(document, given);
    expect(problems).toEqual([
      expect.stringMatching(`^${VARIABLE}/value is made from the secure parameter pw`),
    ]);
    expect(problems.join()).not.toContain('hush');
  });

  test.each([
    "[int(parameters('pw'))]",
    "[json(parameters('pw'))]",
    "[fail(parameters('pw'))]",
    "[variables(parameters('pw'))]",
    "[createObject('a', 1)[parameters('pw')]]",
    "[createObject(parameters('pw'), 1, toUpper(parameters('pw')), 2)]",
  ])('are never shown by what fails: %s', (value) => {
    const problems = problemsOf(template({ value, parameters }), given);
    expect(problems).toHaveLength(1);
    expect(problems.join().toLowerCase()).not.toContain('hush');
  });
});
