import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { globSync } from 'tinyglobby';

import {
  badNames,
  barrels,
  brokenArrows,
  defaultExports,
  layerOf,
  longMedian,
  MAY_IMPORT,
  type SourceFile,
  tooLong,
  withoutOpening,
} from './rules';

const ROOT = join(__dirname, '..', '..');
/** Recorded and borrowed programs that tests run as they are. */
const IGNORED = ['**/node_modules/**', 'dist/**', 'coverage/**', 'test/fixtures/**', '.*/**'];

const files: readonly SourceFile[] = globSync('**/*.ts', { cwd: ROOT, ignore: IGNORED }).map((path) => ({
  path,
  text: readFileSync(join(ROOT, path), 'utf8'),
}));
const production = files.filter(({ path }) => layerOf(path) !== 'test');

function found(rule: (file: SourceFile) => string[], among = files): string[] {
  return among.flatMap((file) => rule(file));
}

describe('the repository', () => {
  test('is what is being looked at', () => {
    expect(production.length).toBeGreaterThan(100);
    for (const layer of [
      'domain',
      'jobs',
      'activities',
      'orchestrations',
      'functions',
      'app',
      'storage',
      'backends',
      'local',
    ])
      expect(production.filter(({ path }) => layerOf(path) === layer)).not.toHaveLength(0);
  });

  test('keeps the arrows between its layers; nothing imports local/ or test/', () => {
    expect(found(brokenArrows)).toEqual([]);
  });

  test('has the same arrows in its lint rules', () => {
    const lint = readFileSync(join(ROOT, 'eslint.config.mjs'), 'utf8');
    const table = /const MAY_IMPORT = \{\n(?<rows>[^}]*)\};/.exec(lint)?.groups?.['rows'] ?? '';
    const rows = [...table.matchAll(/^ {2}(\w+): \[([^\]]*)\],$/gm)];
    expect(rows.length).toBeGreaterThan(8);
    for (const [, layer = '', allowed = ''] of rows) {
      const ours = MAY_IMPORT[layer]?.map((one) => one.split('/')[0]);
      expect([layer, [...allowed.matchAll(/'(\w+)'/g)].map(([, one]) => one)]).toEqual([layer, ours]);
    }
  });

  test('has no file of more than 300 lines', () => {
    expect(found(tooLong)).toEqual([]);
  });

  test('says at the top of each file what lives there', () => {
    expect(
      found(
        withoutOpening,
        files.filter(({ path }) => !path.endsWith('.test.ts')),
      ),
    ).toEqual([]);
  });

  test('exports by name only, each thing from one file', () => {
    expect(found(defaultExports)).toEqual([]);
    expect(found(barrels)).toEqual([]);
  });

  test('names its files in kebab-case', () => {
    expect(found(badNames)).toEqual([]);
  });

  test('keeps most production files below 100 lines', () => {
    expect(longMedian(production)).toEqual([]);
  });
});
