// The folder of the app that the stack hosts, where a command names another than the repository's own.
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** What the Functions host reads of an app. */
const FILES = ['host.json', 'package.json'];

/** Absolute path of `given`, which is relative to the working folder. Throws where no app can be in it. */
export function appFolder(given: string): string {
  const folder = resolve(given);
  const missing = FILES.filter((file) => !existsSync(join(folder, file)));
  if (missing.length === 0) return folder;
  throw new Error(
    `--app is "${given}": there is no ${missing.join(' and no ')} in ${folder}. It must be the folder of a Functions app, such as .out after "npm run package".`,
  );
}
