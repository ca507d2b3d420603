// Looks through everything that a stack stored, logged and answered for secrets that it must not hold (I7).
import type { Dirent } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';

import { jobListSchema } from '../../api/jobs';
import { isErrorWithCode } from '../../cli/error-code';
import { LOCAL_ACCOUNT_KEY } from '../../standins/files/local-account';
import { AZURITE_KEY } from '../../standins/stack/azurite-endpoints';

interface Needle {
  readonly what: string;
  readonly isIn: (text: string) => boolean;
  /** Where it may be: a path below the folder begins so. */
  readonly allowedIn?: string;
}

const NEEDLES: readonly Needle[] = [
  {
    what: 'the signature of an address',
    // As it is, encoded in another address, or in JSON that escapes it.
    isIn: (text) => /(?:\b|%26|%3f|u0026)sig(?:=|%3d|\\u003d)[\w%+/-]{20,}/i.test(text),
  },
  { what: 'the key of a share’s account, from the vault', isIn: (text) => text.includes(LOCAL_ACCOUNT_KEY) },
  { what: 'the key of the app’s storage account', isIn: (text) => text.includes(AZURITE_KEY) },
];

/** In a blob of its own it waits for its job, and Azurite keeps the bytes of removed blobs for a while. */
function literalNeedle(literal: RegExp): Needle {
  return {
    what: 'a literal secret of a spec',
    isIn: (text) => literal.test(text),
    allowedIn: 'azurite/__blobstorage__/',
  };
}

/** What the stack stores for the app: rows, queues, blobs, histories; and what each of its processes logs. */
const SCANNED = ['azurite', 'functions-host', 'logs'];

/**
 * `azurite/…: the signature of an address`, a line for each file that holds one. Never the secret. `literal`: what the
 * literal secrets of the specs look like.
 */
export async function secretsIn(stateFolder: string, literal: RegExp): Promise<string[]> {
  const found: string[] = [];
  for (const path of await filesBelow(stateFolder, SCANNED)) {
    const text = await readFile(join(stateFolder, path), 'latin1');
    found.push(...whatIsIn(path, text, literal));
  }
  return found;
}

/** The same of what the API answers. Nothing where nobody answers any more. */
export async function secretsAnswered(functionsUrl: string, literal: RegExp): Promise<string[]> {
  const ask = async (path: string): Promise<string> => (await fetch(`${functionsUrl}/api/${path}`)).text();
  let list: string;
  try {
    list = await ask('jobs?limit=200');
  } catch {
    return []; // The host of this stack was killed by its test.
  }
  const found = whatIsIn('GET jobs', list, literal);
  const { jobs } = jobListSchema.parse(JSON.parse(list));
  const paths = jobs.flatMap(({ id }) => [`jobs/${id}`, `jobs/${id}/outputs`, `jobs/${id}/logs`]);
  for (const path of [...paths, 'placements', 'schedules', 'openapi.json'])
    found.push(...whatIsIn(`GET ${path}`, await ask(path), literal));
  return found;
}

function whatIsIn(place: string, text: string, literal: RegExp): string[] {
  const texts = [text, ...decoded(text)];
  return [...NEEDLES, literalNeedle(literal)]
    .filter(
      ({ isIn, allowedIn }) =>
        !(allowedIn !== undefined && place.startsWith(allowedIn)) && texts.some((one) => isIn(one)),
    )
    .map(({ what }) => `${place}: ${what}`);
}

/** What stands in it in base64, as messages of queues may. */
function decoded(text: string): string[] {
  return (text.match(/[A-Za-z0-9+/]{40,}={0,2}/g) ?? []).map((run) =>
    Buffer.from(run, 'base64').toString('latin1'),
  );
}

async function filesBelow(folder: string, names: readonly string[]): Promise<string[]> {
  const found: string[] = [];
  for (const name of names) {
    const entries = await entriesOf(join(folder, name));
    found.push(...entries.filter((entry) => entry.isFile()).map((entry) => pathOf(folder, entry)));
  }
  return found;
}

/** Nothing where there is no such folder: not every stack has a host of ours. */
async function entriesOf(folder: string): Promise<Dirent[]> {
  try {
    return await readdir(folder, { recursive: true, withFileTypes: true });
  } catch (error) {
    if (isErrorWithCode(error, 'ENOENT')) return [];
    throw error;
  }
}

function pathOf(folder: string, { parentPath, name }: Dirent): string {
  return relative(folder, join(parentPath, name));
}
