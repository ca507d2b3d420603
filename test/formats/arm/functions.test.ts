// The template functions that Bicep writes, with lambdas and functions of the template's own.
import { problemsOf } from '../support/parse';
import { template, valueOf } from './support';

describe('functions', () => {
  test.each([
    ["[join(map(range(0, 3), lambda('i', string(mul(lambdaVariables('i'), 2)))), ',')]", '0,2,4'],
    [
      "[join(map(createArray('a', 'b'), lambda('x', 'i', concat(lambdaVariables('x'), lambdaVariables('i')))), ',')]",
      'a0,b1',
    ],
    [
      "[join(filter(createArray('a', 'bb'), lambda('x', equals(length(lambdaVariables('x')), 2))), ',')]",
      'bb',
    ],
    [
      "[string(reduce(range(1, 4), 0, lambda('sum', 'x', add(lambdaVariables('sum'), lambdaVariables('x')))))]",
      '10',
    ],
    [
      "[join(sort(createArray('b', 'c', 'a'), lambda('x', 'y', less(lambdaVariables('x'), lambdaVariables('y')))), '')]",
      'abc',
    ],
    [
      "[string(toObject(createArray('a', 'b'), lambda('x', lambdaVariables('x')), lambda('x', 1)))]",
      '{"a":1,"b":1}',
    ],
    ["[string(mapValues(createObject('a', 'x'), lambda('v', toUpper(lambdaVariables('v')))))]", '{"a":"X"}'],
    [
      "[string(groupBy(createArray('a1', 'b1', 'a2'), lambda('x', first(lambdaVariables('x')))))]",
      '{"a":["a1","a2"],"b":["b1"]}',
    ],
    [
      "[join(map(createArray('a'), lambda('x', join(map(createArray('b'), lambda('y', concat(lambdaVariables('x'), lambdaVariables('y')))), ''))), '')]",
      'ab',
    ],
    ["[string(items(createObject('b', 1, 'A', 2)))]", '[{"key":"A","value":2},{"key":"b","value":1}]'],
    ["[string(objectKeys(createObject('b', 1, 'a', 2)))]", '["a","b"]'],
    [
      "[string(union(createObject('a', createObject('x', 1), 'l', createArray(1)), createObject('a', createObject('y', 2), 'l', createArray(2))))]",
      '{"a":{"x":1,"y":2},"l":[2]}',
    ],
    ['[string(union(createArray(1, 2), createArray(2, 3)))]', '[1,2,3]'],
    ['[string(intersection(createArray(1, 2, 3), createArray(3, 2)))]', '[2,3]'],
    [
      "[string(shallowMerge(createArray(createObject('a', createObject('x', 1)), createObject('a', createObject('y', 2)))))]",
      '{"a":{"y":2}}',
    ],
    ['[string(flatten(createArray(createArray(1), createArray(2, 3))))]', '[1,2,3]'],
    ["[string(contains(createObject('Key', 1), 'kEY'))]", 'True'],
    ["[string(indexOf(createArray('a', 'b'), 'b'))]", '1'],
    ["[string(lastIndexOf('abcB', 'b'))]", '3'],
    ['[string(indexFromEnd(createArray(1, 2, 3), 2))]', '2'],
    ["[string(coalesce(tryIndexFromEnd(createArray(1), 2), 'none'))]", 'none'],
    ["[string(float('1.50'))]", '1.5'],
    ['[string(float(3))]', '3'],
    ["[base64('ü')]", 'w7w='],
    ["[base64ToString('w7w=')]", 'ü'],
    ["[uriComponent('a b/ü!')]", 'a%20b%2F%C3%BC%21'],
    ["[uriComponentToString('a%20b')]", 'a b'],
    // Reckoned with Python: uuid.uuid5(uuid.UUID('11fb06fb-712d-4ddd-98c7-e71bbd588830'), 'a-b').
    ["[guid('a', 'b')]", '2d796349-8c7e-55ec-9624-54ece82ed031'],
    ["[string(json('null'))]", undefined],
    ["[coalesce(json('null'), 'none')]", 'none'],
    ["[string(json('1.5'))]", '1.5'],
  ])('%s', (value, expected) => {
    if (expected === undefined) expect(problemsOf(template({ value }))[0]).toMatch(/gives string\(\) null/);
    else expect(valueOf(value)).toBe(expected);
  });

  test.each([
    [
      "[string(map(createArray(1), lambda('x', 'y', 'z', 1)))]",
      /a lambda of 3 variables where 1 to 2 are given/,
    ],
    ["[map(createArray(1), 'x')]", /gives map\(\) a string as argument 2, it takes a lambda/],
    ["[lambda('x', 1)]", /makes a lambda, which is no value/],
    ["[lambdaVariables('x')]", /which no lambda around it has/],
    ["[tryGet(createObject('a', createObject('b', 1)), 'a', 'c')]", /behind one that may be missing/],
    ["[string(createObject('a', 1, 'A', 2))]", /the names a and A, which differ in case only/],
    ["[fail('not here')]", /ends the deployment by fail\(\): not here/],
    ["[float('x')]", /number of a text that is none/],
    ["[int('1e3')]", /whole number of a text that is none/],
    ['[string(range(0, 10001))]', /at most 10000 are taken/],
    ["[listCredentials('x', '2023-07-01').username]", /asks Azure for something/],
    ['[environment().suffixes.storage]', /tells of the cloud/],
    ["[reference('acr').loginServer]", /asks Azure .*write the value, or make it a parameter/],
    ['[utcNow()]', /Azure takes it in a parameter's default only/],
    ['[json(\'{"a": 1, "a": 2}\')]', /no JSON: what stands at its character 10 stands twice/],
    [
      '[true()]',
      /is the boolean true, must be a text: put it in quotes, or string\(…\) around an expression/,
    ],
  ])('%s is refused', (value, problem) => {
    expect(problemsOf(template({ value }))).toEqual([expect.stringMatching(problem)]);
  });

  test('of the template itself see their own parameters only', () => {
    const functions = [
      {
        namespace: '__bicep',
        members: {
          greet: {
            parameters: [{ name: 'who', type: 'string' }],
            output: { type: 'string', value: "[concat('hi ', parameters('Who'))]" },
          },
          twice: {
            parameters: [{ name: 'x' }],
            output: { value: { a: "[__bicep.greet(parameters('x'))]" } },
          },
          peek: { output: { value: "[variables('v')]" } },
          again: { output: { value: '[__bicep.again()]' } },
        },
      },
    ];
    const of = { top: { functions }, variables: { v: 'x' } };
    expect(valueOf("[__bicep.twice('you').a]", of)).toBe('hi you');
    expect(problemsOf(template({ ...of, value: '[__bicep.peek()]' }))[0]).toMatch(
      /uses the variable v in a function/,
    );
    expect(problemsOf(template({ ...of, value: '[__bicep.again()]' }))[0]).toMatch(
      /within itself, again and again/,
    );
    expect(problemsOf(template({ ...of, value: '[__bicep.greet()]' }))[0]).toMatch(
      /gives __bicep.greet\(\) 0 arguments, it takes 1/,
    );
  });
});
