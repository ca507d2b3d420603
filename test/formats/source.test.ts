// Reading JSON and YAML: values with places, and everything that is refused before it costs time.
import { MAX_DOCUMENT_BYTES } from '../../formats/limits';
import { readSource, type SourceDocument } from '../../formats/source';

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

  test('JSON and the YAML of the same values read alike', () => {
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

describe('what is refused', () => {
  test.each([
    ['nothing', '', '1:1', /is empty/],
    ['only comments', '# a\n', '1:1', /is empty/],
    ['broken YAML', 'a: [1, 2\nb: 3\n', '2:1', /is no YAML/],
    ['broken JSON', '{"a": 1 "b": 2}', '1:7', /is no YAML/],
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

  test('a bomb of aliases, wherever it is lit', () => {
    const levels = Array.from({ length: 40 }, (_, i) => `l${i + 1}: &l${i + 1} [*l${i}, *l${i}]`);
    expect(refusal(`l0: &l0 [x]\n${levels.join('\n')}`).exceeded).toBe('values');
    const merged = Array.from({ length: 40 }, (_, i) => `m${i + 1}: &m${i + 1} {a: *m${i}, b: *m${i}}`);
    expect(refusal(`m0: &m0 {a: 1}\n${merged.join('\n')}`).exceeded).toBe('values');
    const deep = Array.from({ length: 100 }, (_, i) => `d${i + 1}: &d${i + 1} [*d${i}]`);
    expect(refusal(`d0: &d0 [x]\n${deep.join('\n')}`).exceeded).toBe('depth');
  });
});
