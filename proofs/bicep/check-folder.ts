// The check of a folder: its Bicep, its files of parameters, and azure.yaml beside or above it.
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';

import { globSync } from 'tinyglobby';
import { z } from 'zod';

import { checkAzureYaml } from './azd/azure-yaml';
import { checkParametersJson } from './azd/parameters-json';
import { checkBicep } from './check-bicep';
import type { Finding } from './finding';
import type { Model } from './model/model';
import { fromDisk } from './model/project';
import { createResourceTypes } from './model/resource-types';

export interface CheckedFolder {
  readonly files: number;
  readonly findings: readonly Finding[];
}

/** Paths are told as seen from `base`. */
export function checkFolder(root: string, base: string): CheckedFolder {
  const locations = globSync(['**/*.bicep', '**/*.bicepparam'], {
    cwd: root,
    absolute: true,
    ignore: ['**/node_modules/**'],
  }).toSorted();
  const { models, findings } = checkBicep(locations, base, fromDisk, createResourceTypes());
  const said = (location: string): string => relative(base, location).split(sep).join('/');
  const parameters = models.flatMap((model) => parameterFindings(model, said));
  return {
    files: locations.length,
    findings: [...findings, ...parameters, ...azureYamlFindings(root, models, said)],
  };
}

/** `NAME.parameters.json` beside `NAME.bicep`, where azd looks for it. */
function parameterFindings(model: Model, said: (location: string) => string): Finding[] {
  const location = model.file.location.replace(/\.bicep$/, '.parameters.json');
  const text = location === model.file.location ? undefined : fromDisk(location);
  if (text === undefined || model.file.faults.length > 0) return [];
  return checkParametersJson(said(location), text, model);
}

/** azd reads azure.yaml in the folder above that of the Bicep. */
function azureYamlFindings(
  root: string,
  models: readonly Model[],
  said: (location: string) => string,
): Finding[] {
  const folder = [root, dirname(root)].find((one) => existsSync(join(one, 'azure.yaml')));
  if (folder === undefined) return withoutAzureYaml(root, models);
  const location = join(folder, 'azure.yaml');
  const exists = (path: string): boolean => existsSync(join(folder, path));
  return checkAzureYaml(said(location), readFileSync(location, 'utf8'), models, {
    exists,
    scripts: scriptsIn(folder),
  });
}

/** A folder with main.bicep is one that azd deploys. */
function withoutAzureYaml(root: string, models: readonly Model[]): Finding[] {
  const main = models.find(({ file }) => file.location === join(root, 'main.bicep'));
  if (main === undefined) return [];
  const message =
    'There is no azure.yaml beside this file or one folder above: azd would not find the project. Put it there.';
  return [{ file: main.file.path, line: 1, column: 1, message }];
}

function scriptsIn(folder: string): string[] {
  const text = fromDisk(join(folder, 'package.json'));
  if (text === undefined) return [];
  const { scripts } = z
    .object({ scripts: z.record(z.string(), z.string()).optional() })
    .parse(JSON.parse(text));
  return Object.keys(scripts ?? {});
}
