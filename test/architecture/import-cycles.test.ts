import { importCycles } from './import-cycles';
import type { SourceFile } from './rules';

/** Files of one folder and what each imports there. */
function folder(imports: Readonly<Record<string, readonly string[]>>): SourceFile[] {
  return Object.entries(imports).map(([name, others]) => ({
    path: `domain/${name}.ts`,
    text: others.map((other) => `import type { X } from './${other}';\n`).join(''),
  }));
}

describe('the check for import cycles', () => {
  test('finds none where every import leads down, even by two ways', () => {
    expect(importCycles(folder({ a: ['b', 'c'], b: ['d'], c: ['d'], d: [] }))).toEqual([]);
  });

  test('finds two files that import one another, though only types', () => {
    expect(importCycles(folder({ a: ['b'], b: ['a'] }))).toEqual([
      'domain/a.ts, domain/b.ts import one another',
    ]);
  });

  test('finds a long circle behind files that are in none', () => {
    expect(importCycles(folder({ a: ['b'], b: ['c'], c: ['d'], d: ['b', 'e'], e: [] }))).toEqual([
      'domain/b.ts, domain/c.ts, domain/d.ts import one another',
    ]);
  });

  test('finds two circles that share no file, one by one', () => {
    const cycles = importCycles(folder({ a: ['b'], b: ['a', 'c'], c: ['d'], d: ['c'] }));
    expect(cycles).toHaveLength(2);
  });

  test('finds a file that imports itself', () => {
    expect(importCycles(folder({ a: ['a'] }))).toHaveLength(1);
  });

  test('follows imports between folders', () => {
    const files: SourceFile[] = [
      { path: 'a/x.ts', text: "import { y } from '../b/deep/y';\n" },
      { path: 'b/deep/y.ts', text: "const x = await import('../../a/x');\n" },
    ];
    expect(importCycles(files)).toEqual(['a/x.ts, b/deep/y.ts import one another']);
  });

  test('passes over packages and files that are not there', () => {
    expect(importCycles([{ path: 'a/x.ts', text: "import 'zod';\nimport './gone';\n" }])).toEqual([]);
  });
});
