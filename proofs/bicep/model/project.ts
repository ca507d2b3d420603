// The Bicep files of a folder, and those that they name.
import { existsSync, readFileSync } from 'node:fs';
import { dirname, relative, resolve, sep } from 'node:path';

import { type BicepFile, readBicepFile } from './file';
import type { ResourceTypes } from './resource-types';

export interface Project {
  readonly types: ResourceTypes;
  /** The file that a path of another file leads to; undefined: there is none, or it lies in a registry. */
  fileFrom(from: BicepFile, path: string): BicepFile | undefined;
  /** Undefined: there is none. */
  file(location: string): BicepFile | undefined;
}

/** The text of a file; undefined: there is none. */
export type ReadText = (location: string) => string | undefined;

export const fromDisk: ReadText = (location) =>
  existsSync(location) ? readFileSync(location, 'utf8') : undefined;

/** Paths are printed as seen from `base`. */
export function createProject(base: string, readText: ReadText, types: ResourceTypes): Project {
  const files = new Map<string, BicepFile>();
  const file = (location: string): BicepFile | undefined => {
    const known = files.get(location);
    if (known !== undefined) return known;
    const text = readText(location);
    if (text === undefined) return undefined;
    const path = relative(base, location).split(sep).join('/');
    const read = readBicepFile(path, location, text);
    files.set(location, read);
    return read;
  };
  return {
    types,
    file,
    fileFrom(from, path) {
      const location = resolve(dirname(from.location), path);
      return path.endsWith('.bicep') ? file(location) : undefined;
    },
  };
}
