// The files of the repository, as git knows them.
import { execFileSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { join } from 'node:path';

export const ROOT = join(__dirname, '../..');

/** Paths from the root of the files that are there and not ignored, committed or not yet. */
export function trackedFiles(): readonly string[] {
  return execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
    cwd: ROOT,
    encoding: 'utf8',
  })
    .split('\0')
    .filter(
      (path) => path !== '' && statSync(join(ROOT, path), { throwIfNoEntry: false })?.isFile() === true,
    );
}
