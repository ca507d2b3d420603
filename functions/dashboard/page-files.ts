// The files of the dashboard's page, read at the first request for each and kept.
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';

interface PageFile {
  readonly bytes: Uint8Array;
  readonly etag: string;
  readonly type: string;
}

export interface PageFiles {
  /** `isPacked`: as gzip. Undefined: the page has no such file. */
  read(name: string, isPacked: boolean): Promise<PageFile | undefined>;
}

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
};

/** No separators and no dots but that of the ending: a name leads to no other folder. */
const NAME = /^[A-Za-z0-9_-]+\.(?:html|js|css)$/;

export function createPageFiles(folder: string): PageFiles {
  const read = new Map<string, Promise<PageFile | undefined>>();
  return {
    read: (name, isPacked) => {
      if (!NAME.test(name)) return Promise.resolve(undefined);
      const stored = isPacked ? `${name}.gz` : name;
      const known = read.get(stored) ?? readPageFile(join(folder, stored), TYPES[extname(name)] ?? '');
      read.set(stored, known);
      // Names that are no files are not kept: anybody may ask for any.
      void known.then(
        (file) => file === undefined && read.delete(stored),
        () => read.delete(stored),
      );
      return known;
    },
  };
}

async function readPageFile(path: string, type: string): Promise<PageFile | undefined> {
  try {
    const bytes = await readFile(path);
    const hash = createHash('sha256').update(bytes).digest('base64url').slice(0, 22);
    return { bytes, etag: `"${hash}"`, type };
  } catch (error) {
    if (typeof error === 'object' && error !== null && 'code' in error && error.code === 'ENOENT')
      return undefined;
    throw error;
  }
}
