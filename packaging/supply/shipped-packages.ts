// Which packages went into a bundle, read off esbuild's list of what it put there.
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

import type { Metafile } from 'esbuild';
import { z } from 'zod';

export interface ShippedPackage {
  readonly name: string;
  readonly version: string;
  /** As its package.json says, in SPDX's words; undefined: it says nothing. */
  readonly licence: string | undefined;
  /** Its licence and notice files, in the order of their names; without any, what its README says of the licence. */
  readonly texts: readonly string[];
}

const packageJson = z.object({
  name: z.string(),
  version: z.string(),
  license: z.string().optional().catch(undefined),
});

/** The innermost package that a path lies in. */
const PACKAGE_FOLDER = /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/;

/** Files that tell under which terms a package may be passed on. */
const TERMS = /^(?:licen[cs]e|copying|notice)(?:[.-]|$)/i;

/** In a README: from the heading about the licence to the end. */
const SECTION_ON_TERMS = /^(?:licen[cs]e *\n-+$|#+ *licen[cs]e\b)[^]*/im;

/** Sorted by name and version; each once. Paths in the metafiles are below `root`. */
export async function packagesWithin(
  root: string,
  metafiles: readonly Metafile[],
): Promise<readonly ShippedPackage[]> {
  const folders = new Set(
    metafiles
      .flatMap(({ outputs }) => Object.values(outputs))
      .flatMap(({ inputs }) => Object.entries(inputs))
      .filter(([, { bytesInOutput }]) => bytesInOutput > 0)
      .flatMap(([path]) => PACKAGE_FOLDER.exec(path)?.[0] ?? []),
  );
  const packages = await Promise.all([...folders].map((folder) => packageIn(join(root, folder))));
  const byLabel = new Map(packages.map((one) => [labelOf(one), one]));
  return [...byLabel.keys()].sort().flatMap((label) => byLabel.get(label) ?? []);
}

export function labelOf({ name, version }: Pick<ShippedPackage, 'name' | 'version'>): string {
  return `${name}@${version}`;
}

async function packageIn(folder: string): Promise<ShippedPackage> {
  const read = (file: string): Promise<string> => readFile(join(folder, file), 'utf8');
  const { name, version, license } = packageJson.parse(JSON.parse(await read('package.json')));
  const files = (await readdir(folder)).sort();
  const texts = await Promise.all(files.filter((file) => TERMS.test(file)).map(read));
  const readme = texts.length === 0 ? files.find((file) => /^readme\.md$/i.test(file)) : undefined;
  const section = readme === undefined ? null : SECTION_ON_TERMS.exec(await read(readme));
  return { name, version, licence: license, texts: section === null ? texts : [section[0]] };
}
