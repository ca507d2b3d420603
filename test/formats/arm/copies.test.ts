// Copies in variables, in properties and of the group itself.
import { problemsOf, specOf } from '../support/parse';
import { groupOf, template, valueOf } from './support';

describe('copies', () => {
  test('within a variable, in an object of it and in each other', () => {
    const variables = {
      copy: [{ name: 'names', count: 3, input: "[concat('n', copyIndex('names', 1))]" }],
      o: {
        copy: [
          {
            name: 'rows',
            count: 2,
            input: {
              copy: [
                {
                  name: 'cells',
                  count: 2,
                  input: "[format('{0}{1}', copyIndex('rows'), copyIndex('cells'))]",
                },
              ],
            },
          },
        ],
        other: 'x',
      },
    };
    expect(valueOf("[join(variables('names'), ',')]", { variables })).toBe('n1,n2,n3');
    expect(valueOf("[string(variables('o'))]", { variables })).toBe(
      '{"other":"x","rows":[{"cells":["00","01"]},{"cells":["10","11"]}]}',
    );
  });

  test('tell a problem where their input stands, and a problem of the spec, too', () => {
    const document = template();
    const [container] = (groupOf(document)['properties'] as { containers: { properties: object }[] })
      .containers;
    const copied = (input: object): object => ({
      environmentVariables: undefined,
      copy: [{ name: 'environmentVariables', count: 2, input }],
    });
    const at = '/resources/0/properties/containers/0/properties/copy/0/input';
    Object.assign(
      container?.properties ?? {},
      copied({ name: "[concat('A', copyIndex('environmentVariables'))]", value: '[nope()]' }),
    );
    expect(problemsOf(document)).toEqual([
      expect.stringMatching(`^${at}/value calls nope`),
      expect.stringMatching(`^${at}/value calls nope`),
    ]);
    Object.assign(
      container?.properties ?? {},
      copied({ name: "[concat('1A', copyIndex('environmentVariables'))]", value: 'x' }),
    );
    expect(problemsOf(document)[0]).toMatch(new RegExp(`^${at} must be letters`));
  });

  test.each([
    ['801', 801],
    ['-1', -1],
    ['1.5', 1.5],
    ['a text', 'x'],
  ])('have a count that Azure takes: not %s', (_what, count) => {
    const variables = { copy: [{ name: 'v', count, input: 'x' }] };
    expect(problemsOf(template({ value: "[variables('v')[0]]", variables }))[0]).toMatch(
      /has a copy whose count is no whole number from 0 to 800/,
    );
  });

  test('that multiply each other do not take long', () => {
    const within = (depth: number): object =>
      depth === 0 ? { x: 'x' } : { copy: [{ name: 'c', count: 800, input: within(depth - 1) }] };
    const document = template({ value: "[string(length(variables('v')))]", variables: { v: within(4) } });
    expect(problemsOf(document)[0]).toMatch(/produce too much/);
    const group = template();
    Object.assign(groupOf(group)['properties'] as object, within(3));
    expect(problemsOf(group).join()).toMatch(/produce too much/);
  });

  test('of the group itself make one job where they make one group', () => {
    const copied = (count: unknown): Record<string, unknown> =>
      template({
        value: "[concat('v', copyIndex())]",
        group: { name: "[concat('g', copyIndex('c'))]", copy: { name: 'c', count } },
      });
    expect(specOf(copied('[length(createArray(1))]'))).toMatchObject({ name: 'g0', env: { V: 'v0' } });
    expect(problemsOf(copied(3))[0]).toMatch(/has 3 container groups \(g0, g1, g2\), a job is one/);
    expect(problemsOf(copied(0))[0]).toMatch(/has no resource of type .* that is deployed/);
    const one = { name: 'c', count: 3 };
    const chosen = template({
      group: { copy: one, condition: '[equals(copyIndex(), 1)]', name: '[string(copyIndex())]' },
    });
    expect(specOf(chosen)).toMatchObject({ name: '1' });
  });

  test('are counted only where there are any', () => {
    expect(problemsOf(template({ value: '[string(copyIndex())]' }))[0]).toMatch(
      /no copy of a resource stands around it/,
    );
    expect(problemsOf(template({ value: "[string(copyIndex('x'))]" }))[0]).toMatch(
      /the copy x, which does not stand around it/,
    );
  });
});
