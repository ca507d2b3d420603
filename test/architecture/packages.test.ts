import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { globSync } from 'tinyglobby';

import { type Manifest, packagesOf, undeclared } from './packages';
import { layerOf, type Layers, roomOf } from './rules';

const ROOT = join(__dirname, '..', '..');

function read(path: string): unknown {
  return JSON.parse(readFileSync(join(ROOT, path), 'utf8'));
}

const layers = read('architecture/layers.json') as Layers;
const product = read('package.json') as Manifest;
const standIns = read('standins/package.json') as Manifest;
const files = Object.keys({ ...layers.rooms, proofs: 0, test: 0 })
  .flatMap((room) =>
    globSync(`${room}/**/*.{ts,tsx}`, { cwd: ROOT, ignore: ['test/fixtures/**', 'node_modules/**'] }),
  )
  .map((path) => ({ path, text: readFileSync(join(ROOT, path), 'utf8') }));

/** Rooms that never reach a deployment, besides the stand-ins. */
const NOT_DEPLOYED = ['proofs', 'test', 'samples', 'packaging'];

describe('the packages', () => {
  test('are read off imports, however deep, and off paths that are resolved', () => {
    const text =
      "import { a } from '@scope/name/deep';\nimport { b } from 'node:fs';\nimport { c } from './c';\nimport { d } from 'plain';\n" +
      "const e = require.resolve('azurite/dist/e.js');\nimport type { F } from '@azure/functions-core';\n";
    expect(packagesOf({ path: 'x.ts', text })).toEqual(['@scope/name', 'plain', 'azurite']);
  });

  test('that a file uses and no list names are found', () => {
    const file = { path: 'x.ts', text: "import a from 'a';\nimport b from 'b';\n" };
    expect(undeclared(file, [{ a: '^1' }, undefined], 'x.json')).toEqual([
      'x.ts uses b, which is not in x.json',
    ]);
  });

  test('of the product are its dependencies, which a deployment installs', () => {
    const deployed = files.filter(
      ({ path }) =>
        roomOf(layers, path) in layers.rooms && ![...NOT_DEPLOYED, 'standins'].includes(layerOf(path)),
    );
    expect(deployed.length).toBeGreaterThan(300);
    expect(deployed.flatMap((file) => undeclared(file, [product.dependencies], 'dependencies'))).toEqual([]);
  });

  test('of the stand-ins are those of their own package, which names no other', () => {
    const used = files.filter(({ path }) => layerOf(path) === 'standins');
    expect(new Set(used.flatMap(packagesOf))).toEqual(new Set(Object.keys(standIns.devDependencies ?? {})));
  });

  test('of proofs, tests and samples are of either package', () => {
    const lists = [product.dependencies, product.devDependencies, standIns.devDependencies];
    const others = files.filter(({ path }) => NOT_DEPLOYED.includes(layerOf(path)));
    expect(others.flatMap((file) => undeclared(file, lists, 'either package.json'))).toEqual([]);
  });

  test('of both have one range each, so that one copy serves both', () => {
    const ranges = { ...product.devDependencies, ...product.dependencies };
    const shared = Object.entries(standIns.devDependencies ?? {}).filter(([name]) => name in ranges);
    expect(shared.map(([name, range]) => [name, range])).toEqual(
      shared.map(([name]) => [name, ranges[name]]),
    );
  });
});
