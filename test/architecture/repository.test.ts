import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { globSync } from 'tinyglobby';

import { importCycles } from './import-cycles';
import { asksForAKind, platformWords } from './platform-words';
import {
  badNames,
  barrels,
  brokenArrows,
  crowded,
  defaultExports,
  layerOf,
  type Layers,
  longMedian,
  roomOf,
  type SourceFile,
  tooLong,
  unusedArrows,
  withoutOpening,
} from './rules';
import { trackedFiles } from './tracked-files';

const ROOT = join(__dirname, '..', '..');
/** Recorded and borrowed programs that tests run as they are. */
const IGNORED = ['**/node_modules/**', 'dist/**', 'coverage/**', 'test/fixtures/**', '.*/**'];

/** Folders that are lists on purpose: one recorded case or exchange a file, one removed guard a patch. */
const LISTS = [
  'test/fixtures/conformance/cases',
  'test/fixtures/container-apps',
  'test/fixtures/kubernetes',
  'proofs/mutants/patches',
];

const files: readonly SourceFile[] = globSync('**/*.{ts,tsx}', { cwd: ROOT, ignore: IGNORED }).map(
  (path) => ({
    path,
    text: readFileSync(join(ROOT, path), 'utf8'),
  }),
);
const production = files.filter(({ path }) => layerOf(path) !== 'test');
const layers = JSON.parse(readFileSync(join(ROOT, 'architecture/layers.json'), 'utf8')) as Layers;

function found(rule: (file: SourceFile) => string[], among = files): string[] {
  return among.flatMap((file) => rule(file));
}

describe('the repository', () => {
  test('is what is being looked at', () => {
    expect(production.length).toBeGreaterThan(100);
    for (const room of [...Object.keys(layers.rooms), 'proofs'])
      expect(production.filter(({ path }) => roomOf(layers, path) === room)).not.toHaveLength(0);
  });

  test('keeps the arrows between its rooms', () => {
    expect(found((file) => brokenArrows(layers, file))).toEqual([]);
  });

  test('allows no arrow that no import follows', () => {
    expect(unusedArrows(layers, files)).toEqual([]);
  });

  test('draws the arrows as they are enforced', () => {
    const page = readFileSync(join(ROOT, 'ARCHITECTURE.md'), 'utf8');
    const drawn = [
      ...(page.split('| imports')[1] ?? '').matchAll(/^\| ([a-z/]+) +\| ([a-z/, -]+?) +\|$/gm),
    ].map(([, room, imports]) => [room, imports === 'nothing' ? [] : imports?.split(', ')]);
    expect(drawn).toEqual(Object.entries(layers.rooms).map(([room, { imports }]) => [room, imports]));
  });

  test('has no files that import one another, types included', () => {
    expect(importCycles(files)).toEqual([]);
  });

  test('keeps what a platform calls things in the folder of its backend', () => {
    expect(found(platformWords)).toEqual([]);
  });

  test('asks the facts of a backend, never its name', () => {
    expect(found(asksForAKind)).toEqual([]);
  });

  test('has no file of more than 300 lines', () => {
    expect(found(tooLong)).toEqual([]);
  });

  test('has no folder that is too full to be one concept', () => {
    const paths = trackedFiles();
    expect(paths.length).toBeGreaterThan(1_000);
    expect(crowded(paths, LISTS)).toEqual([]);
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
