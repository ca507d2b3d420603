// Another version of Node, as npm has it.
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

/** Path of a Node of that version, such as `24`, which npm installs below `folder`. Throws with npm's words. */
export function nodeFromNpm(version: string, folder: string): string {
  const name = `node-${hostPlatform()}`;
  const options = ['--no-save', '--no-package-lock', '--no-audit', '--no-fund', '--prefix', folder];
  execFileSync('npm', ['install', ...options, `${name}@${version}`], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  return join(folder, 'node_modules', name, 'bin', 'node');
}

/** As the packages are named: `linux-x64`. */
function hostPlatform(): string {
  return `${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`;
}
