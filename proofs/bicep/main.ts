// `npm run verify:bicep [-- FOLDER]`: checks the Bicep of this repository, or that of another folder.
import { existsSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';

import { globSync } from 'tinyglobby';

import { roleFaults } from '../roles/role-faults';
import { checkBicep } from './check-bicep';
import { saidOfFinding } from './finding';
import { fromDisk } from './model/project';
import { createResourceTypes } from './model/resource-types';

function main([folder = 'infra']: readonly string[]): number {
  const base = process.cwd();
  const root = resolve(base, folder);
  if (!existsSync(root)) {
    process.stderr.write(`There is no folder ${folder}.\n`);
    return 1;
  }
  const files = globSync('**/*.bicep', { cwd: root, absolute: true }).toSorted();
  const findings = checkBicep(files, base, fromDisk, createResourceTypes());
  for (const finding of findings) process.stdout.write(`${saidOfFinding(finding)}\n`);
  const roles = rolesIn(root).map((fault) => join(relative(base, root), fault));
  for (const fault of roles) process.stdout.write(`${fault}\n`);
  const faults = findings.length + roles.length;
  process.stdout.write(`${files.length} Bicep files checked, ${faults} faults found.\n`);
  return faults === 0 ? 0 : 1;
}

/** Of a folder that is laid out as infra/; another has none of the roles that the code needs. */
function rolesIn(root: string): readonly string[] {
  if (existsSync(join(root, 'app', 'roles'))) return roleFaults(root);
  process.stdout.write('It has no app/roles: roles are not held against what the code takes.\n');
  return [];
}

process.exitCode = main(process.argv.slice(2));
