import { resolve } from 'node:path';
import { Script } from 'node:vm';

import { withCodeCache } from '../../packaging/add-code-cache';
import { codeCacheName } from '../../packaging/code-cache-name';
import { type Files, packageContents } from '../../packaging/package-contents';

const ROOT = resolve(__dirname, '..', '..');
const NAME = codeCacheName(process.versions.v8, process.arch);

let plain: Files;
let cached: Files;

beforeAll(async () => {
  plain = (await packageContents(ROOT)).shipped;
  cached = await withCodeCache(ROOT, plain, [process.execPath]);
}, 90_000);

/** Whether V8 refuses the cache for that source. */
function refused(source: string): boolean | undefined {
  return new Script(source, { cachedData: Buffer.from(cached[NAME] ?? []) }).cachedDataRejected;
}

test('a code cache is one more file of the package, and changes no other', () => {
  expect(Object.keys(cached).toSorted()).toEqual([...Object.keys(plain), NAME].toSorted());
  for (const [file, bytes] of Object.entries(plain))
    expect(Buffer.compare(cached[file] ?? Buffer.of(), bytes)).toBe(0);
});

test('V8 takes it for the bundle as the loader reads it, and for no other source', () => {
  const source = Buffer.from(plain['app.js'] ?? []).toString('utf8');
  expect(refused(source)).toBe(false);
  expect(refused(`${source} `)).toBe(true);
});

test('its name tells the V8 that it is for, without what Node counts of its own', () => {
  expect(codeCacheName('13.6.233.17-node.48', 'x64')).toBe('app.v8-13.6.233.17-x64.cache');
  expect(codeCacheName('11.3.244.8', 'arm64')).toBe('app.v8-11.3.244.8-arm64.cache');
});
