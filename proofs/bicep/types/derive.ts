// `npm run bicep-types -- CHECKOUT`: takes what wanted.json names out of a checkout of Azure/bicep-types-az, and writes
// data/ and versions.json.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { globSync } from 'tinyglobby';

import { entriesOf } from './trim';
import { DATA, VERSIONS, wanted } from './type-data';
import type { TypeEntry } from './type-file';

function main([checkout]: readonly string[]): void {
  if (checkout === undefined) throw new Error('Say where Azure/bicep-types-az is checked out.');
  const missing = new Set(wanted());
  const spelt = new Map([...missing].map((name) => [typeOf(name).toLowerCase(), typeOf(name)]));
  const types = new Set(spelt.keys());
  const versions = new Map<string, Set<string>>();
  const files = new Map<string, Record<string, TypeEntry>>();
  for (const path of publishedFiles(checkout, types)) {
    for (const [name, entry] of entriesOf(JSON.parse(readFileSync(path, 'utf8')))) {
      const type = typeOf(name);
      if (!types.has(type.toLowerCase())) continue;
      // Older versions have other cases.
      const key = spelt.get(type.toLowerCase()) ?? type;
      versions.set(key, (versions.get(key) ?? new Set()).add(name.slice(type.length + 1)));
      if (!missing.delete(name)) continue;
      const provider = providerOf(name);
      files.set(provider, { ...files.get(provider), [name]: entry() });
    }
  }
  if (missing.size > 0) throw new Error(`${checkout} has no ${[...missing].join(', ')}.`);
  rmSync(DATA, { recursive: true, force: true });
  mkdirSync(DATA);
  for (const [provider, entries] of files) write(join(DATA, `${provider}.json`), sorted(entries));
  write(
    VERSIONS,
    sorted(Object.fromEntries([...versions].map(([type, all]) => [type, [...all].toSorted()]))),
  );
}

const sorted = <T>(record: Readonly<Record<string, T>>): Record<string, T> =>
  Object.fromEntries(Object.entries(record).toSorted(([a], [b]) => (a < b ? -1 : 1)));

/** One entry a line, so that a change shows which. */
function write(path: string, record: Readonly<Record<string, unknown>>): void {
  const lines = Object.entries(record).map(
    ([key, value]) => `${JSON.stringify(key)}:${JSON.stringify(value)}`,
  );
  writeFileSync(path, `{\n${lines.join(',\n')}\n}\n`);
}

function publishedFiles(checkout: string, types: ReadonlySet<string>): string[] {
  const providers = new Set([...types].map(providerOf));
  return [...providers].flatMap((provider) =>
    globSync(`generated/*/${provider}/*/types.json`, { cwd: checkout, absolute: true }).toSorted(),
  );
}

const typeOf = (name: string): string => name.slice(0, name.indexOf('@'));
const providerOf = (name: string): string => name.slice(0, name.indexOf('/')).toLowerCase();

main(process.argv.slice(2));
