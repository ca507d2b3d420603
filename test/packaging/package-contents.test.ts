import { isBuiltin } from 'node:module';
import { resolve } from 'node:path';

import { unzipSync } from 'fflate';

import { type PackageContents, packageContents } from '../../packaging/package-contents';
import { zipOf } from '../../packaging/zip';

const ROOT = resolve(__dirname, '..', '..');
const MOST_BYTES = 8_000_000;

let contents: PackageContents;
let zip: Uint8Array;

beforeAll(async () => {
  contents = await packageContents(ROOT);
  zip = zipOf(contents.shipped);
}, 60_000);

function textOf(file: string): string {
  return Buffer.from(contents.shipped[file] ?? []).toString('utf8');
}

describe('the package', () => {
  test('holds the bundle, what runs it, what the host and the worker read, the licences, and nothing else', () => {
    // The names of scripts that are loaded later hold a hash of what is in them.
    const names = Object.keys(contents.shipped).map((name) => name.replace(/-[A-Z0-9]{8}(?=\.js)/, '-HASH'));
    expect(names.toSorted()).toEqual([
      ...['LICENSE', 'THIRD-PARTY-NOTICES.txt', 'app.js'],
      ...['app.css', 'app.js', 'chunk-HASH.js', 'index.html', 'plots-page-HASH.js'].flatMap((name) => [
        `dashboard/${name}`,
        `dashboard/${name}.gz`,
      ]),
      ...['host.json', 'index.js', 'package.json'],
    ]);
  });

  test('keeps its source map and the list of what went in apart', () => {
    expect(Object.keys(contents.kept)).toEqual(['app.js.map', 'metafile.json']);
    expect(textOf('app.js')).not.toContain('sourceMappingURL');
  });

  test('names no path of the checkout or of its modules', () => {
    for (const file of Object.keys(contents.shipped)) {
      expect(textOf(file)).not.toContain(ROOT);
      // The notices hold others' words.
      if (file !== 'THIRD-PARTY-NOTICES.txt') expect(textOf(file)).not.toContain('node_modules');
    }
  });

  test('has nothing of the stand-ins, tests, samples, proofs and the command line', () => {
    const metafile = JSON.parse(Buffer.from(contents.kept['metafile.json'] ?? []).toString()) as {
      inputs: Record<string, unknown>;
    };
    const rooms = new Set(Object.keys(metafile.inputs).map((input) => input.split('/')[0]));
    expect([...rooms].toSorted()).toEqual([
      ...[
        'absent:apache-arrow',
        'api',
        'app',
        'backends',
        'domain',
        'formats',
        'functions',
        'in-part:validator',
        'jobs',
        'manifests',
      ],
      ...['node_modules', 'none:form-data', 'orchestrations', 'storage'],
    ]);
  });

  test('asks for no module but those of Node, the one that the worker answers and one that need not be there', () => {
    const asked = [...textOf('app.js').matchAll(/\brequire\("([^"]+)"\)/g)].map(([, name]) => name ?? '');
    const outside = new Set(asked.filter((name) => !isBuiltin(name)));
    expect([...outside].toSorted()).toEqual(['@azure/functions-core', 'supports-color']);
  });

  test('imports nothing in a way that the loader does not offer', () => {
    expect(textOf('app.js')).not.toMatch(/[^.\w$]import\s*\(/);
  });

  test('has its code in ASCII, as the loader reads it', () => {
    expect(textOf('app.js').match(/.{0,40}[^\0-\x7f]/g)).toBeNull();
  });

  test('has nothing installed where it is deployed', () => {
    const manifest = JSON.parse(textOf('package.json')) as Record<string, unknown>;
    expect(manifest).toMatchObject({ main: 'index.js', type: 'commonjs' });
    expect(Object.keys(manifest)).not.toContain('dependencies');
  });

  test('is the same bytes when it is made twice', async () => {
    const again = await packageContents(ROOT);
    for (const [file, bytes] of Object.entries({ ...contents.shipped, ...contents.kept }))
      expect(Buffer.compare({ ...again.shipped, ...again.kept }[file] ?? Buffer.of(), bytes)).toBe(0);
    expect(Buffer.compare(zipOf(again.shipped), zip)).toBe(0);
  }, 60_000);
});

describe('its zip', () => {
  test('holds the same files with the same bytes', () => {
    const unzipped = unzipSync(zip);
    expect(Object.keys(unzipped)).toEqual(Object.keys(contents.shipped).toSorted());
    for (const [file, bytes] of Object.entries(unzipped))
      expect(Buffer.compare(contents.shipped[file] ?? Buffer.of(), bytes)).toBe(0);
  });

  test('is the same whatever the order of the files', () => {
    const backwards = Object.fromEntries(Object.entries(contents.shipped).toReversed());
    expect(Buffer.compare(zipOf(backwards), zip)).toBe(0);
  });

  test('is smaller than what a deployment may carry', () => {
    expect(zip.byteLength).toBeLessThan(MOST_BYTES);
  });
});
