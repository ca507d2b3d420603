import fc from 'fast-check';

import { parseNewtonsoftJson } from '../../../standins/wire/newtonsoft-json';

describe("Newtonsoft's JSON", () => {
  it('is JSON, where JSON is all there is', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 8 }), fc.integer({ min: 0, max: 4 }), (text, indent) => {
        const value: unknown = JSON.parse(text);
        expect(parseNewtonsoftJson(text)).toEqual(value);
        expect(parseNewtonsoftJson(JSON.stringify(value, undefined, indent))).toEqual(value);
      }),
    );
  });

  it.each([
    [
      'a name without quotes, as az writes it',
      '{"properties": {"mode": "x", template:{"a": 1}}}',
      { properties: { mode: 'x', template: { a: 1 } } },
    ],
    ['comments of both kinds', '// one\n{ /* two\n */ "a": [1, // three\n 2] }', { a: [1, 2] }],
    ['what looks like a comment in a text', '{"a": "http://x /* y */"}', { a: 'http://x /* y */' }],
    ['a line break in a text', '{"a": "one\r\ntwo # three"}', { a: 'one\r\ntwo # three' }],
    ['single quotes', "{'a': 'it\\'s \"so\"'}", { a: 'it\'s "so"' }],
    ['a comma before the end', '{"a": [1, 2,],}', { a: [1, 2] }],
    ['a mark of byte order', '\uFEFF{"a": 1}', { a: 1 }],
    ['escapes', '"\\u00e9\\n\\/\\\\"', 'é\n/\\'],
    ['one name twice: the last counts', '{"a": 1, "a": 2}', { a: 2 }],
    ['words and numbers', '[true, false, null, -1.5e3, 0]', [true, false, null, -1500, 0]],
  ])('has %s', (_what, text, value) => {
    expect(parseNewtonsoftJson(text)).toEqual(value);
  });

  it('makes __proto__ a member like any other', () => {
    const value = parseNewtonsoftJson('{"__proto__": {"polluted": true}}');
    expect(Object.keys(value as object)).toEqual(['__proto__']);
    expect({}).not.toHaveProperty('polluted');
  });

  it.each([
    ['', 'a value', 1, 0],
    ['{"a" 1}', '":"', 1, 5],
    ['{\n "a": 01}', '"," or "}"', 2, 7],
    ['[1 2]', '"," or "]"', 1, 3],
    ['{"a": "never ends', 'the " that ends the text', 1, 17],
    ['{"a": /* never ends', 'a value', 1, 6],
    ['{} {}', 'the end', 1, 3],
    ['"\\x"', 'an escape of JSON', 1, 3],
    ['nul', 'a value', 1, 3],
    ['['.repeat(65), 'at most 64 levels', 1, 64],
  ])('refuses %j: expected %s', (text, expected, line, position) => {
    expect(() => parseNewtonsoftJson(text)).toThrow(`Expected ${expected}`);
    expect(() => parseNewtonsoftJson(text)).toThrow(`line ${line}, position ${position}.`);
  });
});
