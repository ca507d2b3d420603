// `npm run verify:bicep [-- FOLDER]`: checks the Bicep of this repository, or that of another folder.
import { existsSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';

import { roleFaults } from '../roles/role-faults';
import { checkFolder } from './check-folder';
import { saidOfFinding } from './finding';

function main([folder = 'infra']: readonly string[]): number {
  const base = process.cwd();
  const root = resolve(base, folder);
  const { files, findings } = checkFolder(root, base);
  if (files === 0) {
    process.stderr.write(`There is no Bicep file below ${folder}.\n`);
    return 1;
  }
  for (const finding of findings) process.stdout.write(`${saidOfFinding(finding)}\n`);
  const roles = rolesIn(root).map((fault) => join(relative(base, root), fault));
  for (const fault of roles) process.stdout.write(`${fault}\n`);
  const faults = findings.length + roles.length;
  process.stdout.write(`${files} files of Bicep checked: ${faults} fault${faults === 1 ? '' : 's'} found.\n`);
  return faults === 0 ? 0 : 1;
}

/** Of a folder that is laid out as infra/; another has none of the roles that the code needs. */
function rolesIn(root: string): readonly string[] {
  if (existsSync(join(root, 'app', 'roles'))) return roleFaults(root);
  process.stdout.write('It has no app/roles: roles are not held against what the code takes.\n');
  return [];
}

process.exitCode = main(process.argv.slice(2));
