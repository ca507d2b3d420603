// `npm run verify:bicep [-- FOLDER]`: checks the Bicep of this repository, or that of another folder.
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';

import { globSync } from 'tinyglobby';

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
  process.stdout.write(`${files.length} Bicep files checked, ${findings.length} faults found.\n`);
  return findings.length === 0 ? 0 : 1;
}

process.exitCode = main(process.argv.slice(2));
