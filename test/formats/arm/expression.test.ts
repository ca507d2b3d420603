// The expression language: the value of each function, what can't be parsed or evaluated, and the words for that.
import { problemsOf, specOf } from '../support/parse';
import { template } from './support';

const VALUE = '/resources/0/properties/containers/0/properties/environmentVariables/0/value';

describe('values', () => {
  test.each([
    ['plain', 'plain'],
    ['[[brackets]', '[brackets]'],
    ['[not closed', '[not closed'],
    // Azure's documentation: a text that does not end with a bracket needs no second one at its start, and loses none.
    ['[[ -f x ]] && y', '[[ -f x ]] && y'],
    ["['it''s']", "it's"],
    ["[ concat( 'a' , 'b' ) ]", 'ab'],
    ["[CONCAT('a', 1, -2, true())]", 'a1-2True'],
    ["[string(concat(createArray('a'), createArray('b')))]", '["a","b"]'],
    ["[format('{0}-{1}{0} {{x}}', 'a', 5)]", 'a-5a {x}'],
    ["[toLower('AB')]", 'ab'],
    ["[toUpper('ab')]", 'AB'],
    ["[trim('  a ')]", 'a'],
    ["[substring('abcdef', 2, 3)]", 'cde'],
    ["[substring('abcdef', 4)]", 'ef'],
    ["[replace('a-b-c', '-', '')]", 'abc'],
    ["[padLeft('7', 3, '0')]", '007'],
    ['[padLeft(7, 3)]', '  7'],
    ["[join(split('a,b;c', createArray(',', ';')), '+')]", 'a+b+c'],
    ["[string(startsWith('Abc', 'aB'))]", 'True'],
    ["[string(endsWith('abc', 'x'))]", 'False'],
    ["[string(indexOf('abc', 'C'))]", '2'],
    ["[string(length('abc'))]", '3'],
    ['[string(length(createArray(1, 2)))]', '2'],
    ["[createArray('a', 'b')[1]]", 'b'],
    ["[createObject('a', createObject('b', 'c')).A['b']]", 'c'],
    ['[json(\'{"a": [1, {"b": "x"}]}\').a[1].b]', 'x'],
    ["[string(json('[1,true,null]'))]", '[1,true,null]'],
    ["[if(equals(1, 1), 'yes', notAFunction())]", 'yes'],
    ["[if(or(false(), not(true())), 'yes', 'no')]", 'no'],
    ["[string(and(true(), less(1, 2), greaterOrEquals('b', 'a')))]", 'True'],
    ["[string(equals(createArray(1, createObject('a', 2)), json('[1,{\"a\":2}]')))]", 'True'],
    ["[coalesce(null(), 'x')]", 'x'],
    ['[string(add(mul(3, 4), sub(div(7, 2), mod(7, 4))))]', '12'],
    ['[string(max(1, 5, 3))]', '5'],
    ['[string(min(createArray(4, 2)))]', '2'],
    ["[string(add(int('41'), 1))]", '42'],
    ["[string(bool('TRUE'))]", 'True'],
    ["[string(contains('abc', 'b'))]", 'True'],
    ['[string(contains(createArray(1, 2), 3))]', 'False'],
    ["[string(contains(createObject('k', 1), 'k'))]", 'True'],
    ['[string(empty(createArray()))]', 'True'],
    ["[concat(first('abc'), last('abc'), first(createArray('z')))]", 'acz'],
    ["[concat(take('abc', 2), skip('abc', 2), string(skip(createArray(1, 2), 1)))]", 'abc[2]'],
  ])('%s', (value, expected) => {
    expect(specOf(template({ value }))).toMatchObject({ env: { V: expected } });
  });
});

describe('problems', () => {
  test.each([
    ["[concat('a']", /has its end at character 12 where "\)" must be/],
    ['[]', /has its end at character 2 where a name must be/],
    ["[concat('a' 'b')]", /has "'" at character 13 where "\)" must be/],
    ["[concat('a'))]", /has "\)" at character 13 where the end of the expression must be/],
    ["['a]", /where a text that ends with a quote must be/],
    ["[variables('v')]", /uses the variable v, which the template does not have/],
    [
      '[nope(1)]',
      /calls nope\(\), which is not supported; supported are .*concat.*createArray.*uniqueString/,
    ],
    ['[contoso.nope(1)]', /calls contoso.nope\(\), which is not supported/],
    ["[listKeys('x', '2019')]", /calls listKeys\(\), which asks Azure for something/],
    ['[newGuid()]', /calls newGuid\(\), which differs each time/],
    ["[toLower('a', 'b')]", /gives toLower\(\) 2 arguments, it takes 1/],
    ['[toLower(1)]', /gives toLower\(\) a number as argument 1, it takes a text/],
    ["[if('x', 1, 2)]", /condition that is not true or false/],
    ["[substring('abc', 2, 5)]", /takes 5 characters from 2 on of a text of 3/],
    ['[createArray(1)[1]]', /reads item 1 of an array of 1/],
    ["[createObject('a', 1).b]", /reads \.b of an object that has no such field/],
    ["[createObject('a', 1).constructor]", /no such field/],
    ["[createObject('__proto__', 1)]", /which none may be named/],
    ['[json(\'{"__proto__": 1}\')]', /no JSON/],
    ['[string(div(1, 0))]', /divides by zero/],
    ["[int('x')]", /whole number of a text that is none/],
    ["[format('{1}', 'a')]", /formats \{1\}, which it gives no argument for/],
    ["[format('{0:D4}', 1)]", /alignment and formats are not supported/],
    ["[replace('a', '', 'b')]", /replaces an empty text/],
    ["[padLeft('a', 1000000000)]", /more than 65536 characters/],
    ["[createArray('a')]", /is a list, must be a text/],
  ])('%s', (value, problem) => {
    const [first] = problemsOf(template({ value }));
    expect(first?.startsWith(`${VALUE} `)).toBe(true);
    expect(first).toMatch(problem);
  });

  test('nesting and length have limits', () => {
    const nested = `[${'concat('.repeat(100)}'a'${')'.repeat(100)}]`;
    expect(problemsOf(template({ value: nested }))[0]).toMatch(/nests more than 64 deep/);
    const long = `['${'x'.repeat(30_000)}']`;
    expect(problemsOf(template({ value: long }))[0]).toMatch(/at most 24576/);
  });

  test('what is missing because it can not be evaluated is not reported as missing', () => {
    expect(problemsOf(template({ value: '[nope()]' }))).toHaveLength(1);
  });
});
