// The part of Azure's type data that is kept here (README.md tells where it is from), read when it is asked for.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { z } from 'zod';

import { type TypeEntry, typeFileSchema } from './type-file';

export const DATA = join(__dirname, 'data');
export const VERSIONS = join(__dirname, 'versions.json');

/** What the subset holds, as `Type@version`. */
export function wanted(): string[] {
  return z.array(z.string()).parse(JSON.parse(readFileSync(join(__dirname, 'wanted.json'), 'utf8')));
}

export interface TypeData {
  /** By `Type@version`, in any case, as Azure takes it. */
  entry(name: string): TypeEntry | undefined;
  /** All API versions that Azure has of a type of which the subset holds one; undefined: of another. */
  readonly versions: (type: string) => readonly string[] | undefined;
  /** The types of which the subset holds one. */
  readonly types: readonly string[];
}

export function readTypeData(): TypeData {
  const versions = z
    .record(z.string(), z.array(z.string()))
    .parse(JSON.parse(readFileSync(VERSIONS, 'utf8')));
  const byType = new Map(Object.entries(versions).map(([type, all]) => [type.toLowerCase(), all]));
  const files = new Map<string, ReadonlyMap<string, TypeEntry>>();
  const fileOf = (provider: string): ReadonlyMap<string, TypeEntry> => {
    const known = files.get(provider);
    if (known !== undefined) return known;
    const path = join(DATA, `${provider}.json`);
    const entries = existsSync(path) ? typeFileSchema.parse(JSON.parse(readFileSync(path, 'utf8'))) : {};
    const read = new Map(Object.entries(entries).map(([name, entry]) => [name.toLowerCase(), entry]));
    files.set(provider, read);
    return read;
  };
  return {
    entry(name) {
      const lower = name.toLowerCase();
      return fileOf(lower.slice(0, Math.max(0, lower.indexOf('/')))).get(lower);
    },
    versions: (type) => byType.get(type.toLowerCase()),
    types: Object.keys(versions),
  };
}
