// Reading JSON and YAML: values with places, and everything that is refused before it costs time.
import { MAX_DOCUMENT_BYTES } from '../../../formats/source/limits';
import { readSource } from '../../../formats/source/source';
import type { SourceDocument } from '../../../formats/source/source-document';

function documents(text: string): readonly SourceDocument[] {
  const read = readSource(text);
  if (!read.ok) throw new Error(JSON.stringify(read.problems));
  return read.documents;
}

function refusal(text: string): { at: string; message: string; exceeded?: string } {
  const read = readSource(text);
  if (read.ok) throw new Error(`Taken: ${JSON.stringify(read.documents.map(({ value }) => value))}`);
  const [problem] = read.problems;
  const { where, message } = problem ?? { where: { pointer: '' }, message: '' };
  return {
    at: where.line === undefined ? '' : `${where.line}:${where.column}`,
    message,
    ...(read.exceeded === undefined ? {} : { exceeded: read.exceeded }),
  };
}

describe('values and their places', () => {
  test('a field stands where its name does, in YAML and in JSON', () => {
    const [yaml] = documents('image: a\nenv:\n  A: x\n  B:\n    secure: y\n');
    expect(yaml?.locate('/env/B/secure')).toEqual({ line: 5, column: 5, pointer: '/env/B/secure' });
    const [json] = documents('{\n  "image": "a",\n  "env": { "A": "x", "B": { "secure": "y" } }\n}');
    expect(json?.locate('/env/B/secure')).toEqual({ line: 3, column: 29, pointer: '/env/B/secure' });
  });

  test('what is missing stands where it would have to', () => {
    const [yaml] = documents('a: 1\nb:\n  c: [x, {d: 1}]\n');
    expect(yaml?.locate('/b/c/1/e')).toEqual({ line: 3, column: 10, pointer: '/b/c/1/e' });
    expect(yaml?.locate('/z')).toEqual({ line: 1, column: 1, pointer: '/z' });
  });

  test('names with slashes and tildes are found by their escaped pointer', () => {
    expect(documents('a/b~c: 1\nnvidia.com/gpu: 2')[0]?.locate('/nvidia.com~1gpu')).toMatchObject({
      line: 2,
    });
  });

  test('JSON and YAML of the same values read alike', () => {
    const value = { a: [1, -2.5e3, true, null, 'ü\n"'], 'b c': { d: {} }, e: [] };
    expect(documents(JSON.stringify(value))[0]?.value).toEqual(value);
    expect(documents(`a: [1, -2.5e3, true, null, "ü\\n\\""]\nb c: {d: {}}\ne: []`)[0]?.value).toEqual(value);
  });

  test('a stream has several documents; empty ones count for nothing', () => {
    expect(documents('---\na: 1\n---\n# nothing\n---\nb: 2\n').map(({ value }) => value)).toEqual([
      { a: 1 },
      { b: 2 },
    ]);
  });

  test('aliases repeat, and << merges what the mapping does not name itself', () => {
    const [yaml] = documents('base: &b {x: 1, y: 2}\nof:\n  <<: *b\n  y: 3\nalso: *b\n');
    expect(yaml?.value).toEqual({ base: { x: 1, y: 2 }, of: { x: 1, y: 3 }, also: { x: 1, y: 2 } });
  });

  test('an anchor that is set anew counts from there on', () => {
    expect(documents('a: &x 1\nb: *x\nc: &x 2\nd: *x')[0]?.value).toEqual({ a: 1, b: 1, c: 2, d: 2 });
  });

  test('dates and versions stay texts', () => {
    expect(documents('apiVersion: 2019-12-01\nv: 1.2.3')[0]?.value).toEqual({
      apiVersion: '2019-12-01',
      v: '1.2.3',
    });
  });
});

describe('the start of a text decides between JSON and YAML', () => {
  test.each([
    ['{"a": 1}', { a: 1 }],
    ['\uFEFF  {"a": 1}', { a: 1 }],
    ['{}', {}],
    ['{ image: x }', { image: 'x' }],
    ["{ 'image': x, command: [a, b c] }", { image: 'x', command: ['a', 'b c'] }],
    ['{ # of YAML\n a: 1 }', { a: 1 }],
    ['---\n{ "a": x } # of YAML', { a: 'x' }],
    ['# of YAML\n{ "a": x }', { a: 'x' }],
  ])('%s', (text, value) => {
    expect(documents(text)[0]?.value).toEqual(value);
  });
});

describe('what JSON does not have and a template may', () => {
  test('is read, and noted with its first places', () => {
    const text =
      '// head\n{ /* of "a" */ "a": ["b", // c\n "d\n\te\r\nf"], "url": "http://x/*y*/" }\n// foot';
    const [read] = documents(text);
    expect(read?.value).toEqual({ a: ['b', 'd\n\te\r\nf'], url: 'http://x/*y*/' });
    expect(read?.liberties.map(({ where, message }) => `${where.line}:${where.column} ${message}`)).toEqual([
      expect.stringMatching(/^1:1 starts a comment, which only an ARM template may have/),
      expect.stringMatching(
        /^3:4 is a line break or a tab within a text, which only an ARM template may have/,
      ),
    ]);
  });

  test('is nothing that strict JSON has', () => {
    expect(documents('{"a": "// b", "c": "/* d */", "e": "f\\n"}')[0]?.liberties).toEqual([]);
  });
});

describe('what is refused', () => {
  test.each([
    ['nothing', '', '1:1', /is empty/],
    ['only comments', '# a\n', '1:1', /is empty/],
    ['broken YAML', 'a: [1, 2\nb: 3\n', '2:1', /is no YAML/],
    ['a comma that is missing', '{"a": 1 "b": 2}', '1:9', /has """ where a comma or "}" must be/],
    ['a comma too many', '{"a": 1,\n}', '1:8', /is a comma with nothing behind it/],
    ['a comma too many in a list', '[1, ]', '1:3', /is a comma with nothing behind it/],
    ['a colon that is missing', '{"a" 1}', '1:6', /has "1" where ":" must be/],
    ['a bracket of the other kind', '{"a": [1}', '1:9', /has "}" where a comma or "]" must be/],
    ['an end too early', '{"a": [1,', '1:10', /ends where a value must be/],
    ['an opening brace alone', '{', '1:2', /ends where a name in double quotes must be/],
    ['more behind the end', '{}\n{}', '2:1', /where the end of the document .* must be/],
    ['a text without its closing quote', '{"a": "x}', '1:7', /never ends: its closing quote is missing/],
    [
      'a text that ends a line later',
      '{"a": "x,\n"b": 1}',
      '2:2',
      /end of line 1: its closing quote may be missing/,
    ],
    ['single quotes', "[\n'a']", '2:1', /every text stands in double quotes/],
    ['typographic quotes', '{"a": \u201cx\u201d}', '1:7', /every text stands in double quotes/],
    [
      'a text without quotes',
      '{"a": x}',
      '1:7',
      /every text stands in double quotes.*starts with a line ---/,
    ],
    ['True', '{"a": True}', '1:7', /JSON writes true/],
    ['NaN', '{"a": NaN}', '1:7', /JSON has no such number/],
    ['a YAML comment', '{"a": 1 # one\n}', '1:9', /starts a comment, and JSON has none/],
    ['a comment without an end', '{"a": 1 /* one\n}', '1:9', /a comment that never ends/],
    ['a space of a web page', '{"a":\u00a01}', '1:6', /does not count as one \(U\+00A0\)/],
    ['a leading zero', '{"a": 01}', '1:7', /is no number as JSON writes it/],
    ['a number without its fraction', '{"a": 1.}', '1:7', /is no number as JSON writes it/],
    ['a plus sign', '{"a": +1}', '1:7', /has "\+" where a value must be/],
    ['an escape of another language', '{"a": "\\x41"}', '1:8', /is no escape of JSON/],
    ['a control character', '{"a": "b\u0007"}', '1:9', /U\+0007/],
    ['half of a pair', '{"a": "\\ud83d"}', '1:7', /half of a surrogate pair/],
    ['half of a pair in a name', '{"\\ude00": 1}', '1:2', /half of a surrogate pair/],
    ['half of a pair in YAML', 'a: "\\ud83d"', '1:1', /half of a surrogate pair/],
    ['a number beyond all doubles', '{"a": 1e400}', '1:7', /1e400, which would be read as Infinity/],
    ['an integer between two doubles', '{"a": 9007199254740993}', '1:7', /would be read as 9007199254740992/],
    ['a fraction finer than a double', '{"a": 0.1000000000000000055}', '1:7', /would be read as 0.1/],
    ['a number too small', '{"a": 1e-400}', '1:7', /would be read as 0/],
    ['such a number in YAML', 'a: 12345678901234567890123', '1:1', /which would be read as/],
    ['such a number in YAML, in hexadecimal', 'a: 0xffffffffffffffff', '1:1', /too large to survive/],
    ['a comment of another language in YAML', '{a: [x, // y\n z]}', '1:9', /no comment in YAML/],
    ['a tab as indentation', 'a:\n\tb: 1', '2:1', /Tabs/],
    ['a name twice in JSON', '{"a": 1,\n "a": 2}', '2:2', /stands twice/],
    ['a name twice in YAML', 'a: 1\nb: 2\na: 3', '3:1', /"a" stands twice/],
    ['__proto__ in JSON', '{"x": {"__proto__": {"y": 1}}}', '1:8', /no field may have/],
    ['__proto__ in JSON, escaped', '{"\\u005f_proto__": 1}', '1:2', /no field may have/],
    ['__proto__ in YAML', 'x:\n  __proto__: {y: 1}', '2:3', /no field may have/],
    ['__proto__ by merging', '<<: {__proto__: 1}', '1:6', /no field may have/],
    ['a name that is a list', '? [a]\n: 1', '1:3', /plain text/],
    ['a tag of somebody', 'a: !python/object x', '1:4', /tag/i],
    ['an alias of nothing', 'a: *b', '1:1', /stands nowhere/],
    ['an alias within itself', 'a: &a [*a]', '1:8', /within itself/],
    ['a merge of a text', 'a: 1\n<<: x', '2:1', /must therefore be a mapping/],
  ])('%s', (_what, text, at, message) => {
    const refused = refusal(text);
    expect(refused.at).toBe(at);
    expect(refused.message).toMatch(message);
  });

  test.each([
    ['10 MB', 'x'.repeat(10_000_000), 'bytes'],
    ['bytes of long characters', '"€'.repeat(MAX_DOCUMENT_BYTES / 3), 'bytes'],
    ['nested JSON lists', '['.repeat(100_000) + ']'.repeat(100_000), 'depth'],
    ['nested JSON objects', '{"a":'.repeat(40_000), 'depth'],
    ['nested flow lists that never end', `a: ${'['.repeat(200_000)}`, 'depth'],
    ['lists in one line', '- '.repeat(100_000), 'depth'],
    ['keys in one line', '? '.repeat(100_000), 'depth'],
    ['deep indentation', Array.from({ length: 500 }, (_, i) => `${' '.repeat(i)}a:`).join('\n'), 'depth'],
    ['many words', 'a: 1\n'.repeat(50_000), 'tokens'],
    ['many comments', '#\n'.repeat(100_000), 'tokens'],
    ['many JSON values', JSON.stringify(Array.from({ length: 50_000 }, () => 1)), 'values'],
    ['many documents', '---\na\n'.repeat(60), 'documents'],
  ])('%s', (_what, text, exceeded) => {
    expect(refusal(text).exceeded).toBe(exceeded);
  });

  test('a bomb of aliases, wherever it is placed', () => {
    const levels = Array.from({ length: 40 }, (_, i) => `l${i + 1}: &l${i + 1} [*l${i}, *l${i}]`);
    expect(refusal(`l0: &l0 [x]\n${levels.join('\n')}`).exceeded).toBe('values');
    const merged = Array.from({ length: 40 }, (_, i) => `m${i + 1}: &m${i + 1} {a: *m${i}, b: *m${i}}`);
    expect(refusal(`m0: &m0 {a: 1}\n${merged.join('\n')}`).exceeded).toBe('values');
    const deep = Array.from({ length: 100 }, (_, i) => `d${i + 1}: &d${i + 1} [*d${i}]`);
    expect(refusal(`d0: &d0 [x]\n${deep.join('\n')}`).exceeded).toBe('depth');
  });
});
