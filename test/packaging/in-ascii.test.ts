import { inAscii } from '../../packaging/in-ascii';

function escaped(source: string): string {
  return Buffer.from(inAscii(Buffer.from(source))).toString('latin1');
}

test('code in ASCII stays as it is', () => {
  expect(escaped('const a = /[a-z]/;\n')).toBe('const a = /[a-z]/;\n');
});

test('a regular expression in ASCII matches what it matched, also beyond the first 65,536 characters', () => {
  expect(escaped('/[‘é]/')).toBe('/[\\u2018\\u00e9]/');
  for (const [pattern, text] of [
    ['[‘’]', '’'],
    ['^[À-Ö]$', 'É'],
    ['^😀$', '😀'],
  ] as const)
    for (const flags of ['', 'u', 'v']) expect(text).toMatch(new RegExp(escaped(pattern), flags));
});
