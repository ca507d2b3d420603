import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import {
  badNames,
  barrels,
  brokenArrows,
  crowded,
  defaultExports,
  importsOf,
  type Layers,
  longMedian,
  type SourceFile,
  tooLong,
  unusedArrows,
  withoutOpening,
} from './rules';

const layers = JSON.parse(readFileSync(join(__dirname, '../../architecture/layers.json'), 'utf8')) as Layers;

function file(path: string, text: string): SourceFile {
  return { path, text };
}

describe('the check of the architecture', () => {
  test.each([
    ["import { a } from './a';", './a'],
    ["import type { A } from '../b/a';", '../b/a'],
    ["import {\n  a,\n  type B,\n} from '../c';", '../c'],
    ["import './effect';", './effect'],
    ["export { a } from './again';", './again'],
    ["const a = await import('./later');", './later'],
    ["return require('./old') as typeof Old;", './old'],
  ])('reads the import of %j', (text, specifier) => {
    expect(importsOf(file('jobs/x.ts', `// x\n${text}\n`))).toEqual([specifier]);
  });

  test.each([
    ['domain/x.ts', '../jobs/submit'],
    ['domain/spec/x.ts', '../../api/jobs'],
    ['jobs/x.ts', '../storage/clients'],
    ['jobs/deeper/x.ts', '../../app/settings'],
    ['jobs/x.ts', '../orchestrations/run-attempt'],
    ['orchestrations/x.ts', '../jobs/settle'],
    ['storage/x.ts', '../jobs/ports'],
    ['backends/aci/x.ts', '../../storage/clients'],
    ['app/x.ts', '../functions/tick'],
    ['functions/x.ts', '../storage/clients'],
    ['functions/x.ts', '../standins/wire/handler'],
    ['app/x.ts', '../standins/wire/handler'],
    ['jobs/x.ts', '../test/support/rows'],
    ['samples/one/x.ts', '../../standins/wire/handler'],
    ['standins/aci/x.ts', '../../domain/ports/clock'],
    ['standins/aci/x.ts', '../stack/ports'],
    ['standins/stack/x.ts', '../../app/services'],
    ['standins/stack/demo/x.ts', '../../../domain/job/job'],
    ['mystery/x.ts', '../domain/job'],
  ])('finds that %s must not import %s', (path, specifier) => {
    expect(brokenArrows(layers, file(path, `// x\nimport { a } from '${specifier}';\n`))).toHaveLength(1);
  });

  test.each([
    ['jobs/x.ts', '../domain/job'],
    ['jobs/x.ts', './submit'],
    ['jobs/attempt/x.ts', '../../orchestrations/activity-contract'],
    ['app/x.ts', '../backends/aci/aci-backend'],
    ['functions/x.ts', '../app/services'],
    ['functions/x.ts', 'durable-functions'],
    ['standins/aci/x.ts', '../wire/handler'],
    ['standins/stack/x.ts', '../wire/handler'],
    ['standins/stack/x.ts', './demo/submissions'],
    ['standins/stack/x.ts', '../../backends/aci/placement'],
    ['proofs/x.ts', '../functions/index'],
    ['proofs/x.ts', '../standins/stack/stack'],
    ['test/jobs/x.test.ts', '../../standins/wire/handler'],
  ])('lets %s import %s', (path, specifier) => {
    expect(brokenArrows(layers, file(path, `// x\nimport { a } from '${specifier}';\n`))).toEqual([]);
  });

  test('finds an arrow that no import follows, of a room or of one file of it', () => {
    const allowed: Layers = { rooms: { a: { imports: ['b', 'c/one'] } }, outside: [] };
    const follows = (specifier: string) => file('a/x.ts', `// x\nimport { x } from '${specifier}';\n`);
    expect(unusedArrows(allowed, [follows('../b/x'), follows('../c/one')])).toEqual([]);
    expect(unusedArrows(allowed, [follows('../b/deep/x'), follows('../c/other')])).toEqual([
      'a may import c/one and never does',
    ]);
    expect(unusedArrows(allowed, [file('b/x.ts', "import { x } from '../c/one';\n")])).toHaveLength(2);
  });

  test('finds a file that is too long, not one at the limit', () => {
    expect(tooLong(file('a.ts', 'x\n'.repeat(301)))).toHaveLength(1);
    expect(tooLong(file('a.ts', 'x\n'.repeat(300)))).toEqual([]);
  });

  test('finds a file that does not say what it is', () => {
    expect(withoutOpening(file('a.ts', "import a from 'a';\n// late\n"))).toHaveLength(1);
    expect(withoutOpening(file('a.ts', '//\nimport'))).toHaveLength(1);
    expect(withoutOpening(file('a.ts', '// What a is.\n'))).toEqual([]);
    expect(withoutOpening(file('a.ts', '#!/usr/bin/env node\n// What a is.\n'))).toEqual([]);
  });

  test.each([
    'export default 1;',
    'export default class {}',
    'const a = 1;\nexport { a as default };',
    'export = 1;',
  ])('finds the default export of %j', (text) => {
    expect(defaultExports(file('a.ts', `// a\n${text}\n`))).toHaveLength(1);
  });

  test.each([
    "export * from './b';",
    "export { b } from './b';",
    "export type { B } from './b';",
    "export {\n  a,\n  b,\n} from './b';",
  ])('finds the barrel %j', (text) => {
    expect(barrels(file('a.ts', `// a\n${text}\n`))).toHaveLength(1);
  });

  test('takes exports of its own for no barrel', () => {
    const text =
      "// a\nimport { b } from './b';\nexport const a = 'from';\nexport { c };\nconst from = 'x';\n";
    expect(barrels(file('a.ts', text))).toEqual([]);
    expect(defaultExports(file('a.ts', text))).toEqual([]);
  });

  test.each(['jobs/takeUp.ts', 'jobs/TakeUp.ts', 'jobs/take_up.ts', 'jobs/sweep/take-up.spec.ts'])(
    'finds the bad name %s',
    (path) => {
      expect(badNames(file(path, ''))).toHaveLength(1);
    },
  );

  test('finds a folder with too many files, unless it is meant to be a list; its folders count for themselves', () => {
    const paths = (folder: string, count: number): string[] =>
      Array.from({ length: count }, (_, index) => `${folder}/f${index}.ts`);
    expect(crowded([...paths('a', 26), ...paths('a/b', 25), ...paths('list', 30)], ['list'])).toEqual([
      'a/ has 26 files, at most 25 are allowed',
    ]);
  });

  test('finds that most files have become long', () => {
    const long = file('a.ts', 'x\n'.repeat(120));
    const short = file('b.ts', 'x\n'.repeat(20));
    expect(longMedian([long, long, short])).toHaveLength(1);
    expect(longMedian([long, short, short])).toEqual([]);
  });
});
