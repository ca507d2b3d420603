// All rules over all Bicep files of a folder.
import { type Finding, placeOf } from './finding';
import { createModels, type Model } from './model/model';
import { createProject, type ReadText } from './model/project';
import type { ResourceTypes } from './model/resource-types';
import { accesses } from './rules/accesses';
import { addresses } from './rules/addresses';
import { calls } from './rules/calls';
import { conditions } from './rules/conditions';
import { cycles } from './rules/cycles';
import { declaredValues } from './rules/declared-values';
import { flex } from './rules/flex';
import { loopNames } from './rules/loop-names';
import { modules } from './rules/modules';
import { names } from './rules/names';
import { parameterFiles } from './rules/parameter-files';
import { parents } from './rules/parents';
import { repeatedMembers } from './rules/repeated-members';
import { resourceBodies } from './rules/resource-bodies';
import { resourceTypes } from './rules/resource-types';
import { roles } from './rules/roles';
import type { Rule } from './rules/rule';
import { safeValues } from './rules/safe-values';
import { scopes } from './rules/scopes';
import { startValues } from './rules/start-values';
import { plainSecrets } from './secrets/plain-secrets';
import { secrets } from './secrets/secrets';
import { settingValues } from './settings/setting-values';
import { settings } from './settings/settings';

const RULES: readonly Rule[] = [
  names,
  calls,
  accesses,
  repeatedMembers,
  declaredValues,
  resourceTypes,
  resourceBodies,
  parents,
  scopes,
  modules,
  loopNames,
  conditions,
  startValues,
  cycles,
  secrets,
  plainSecrets,
  roles,
  addresses,
  safeValues,
  flex,
  settings,
  settingValues,
];

/** Of files of parameters. */
const RULES_OF_PARAMETERS: readonly Rule[] = [
  names,
  calls,
  accesses,
  repeatedMembers,
  parameterFiles,
  addresses,
];

export interface CheckedBicep {
  readonly models: readonly Model[];
  readonly findings: readonly Finding[];
}

/** `locations` are those of the files; paths are told as seen from `base`. */
export function checkBicep(
  locations: readonly string[],
  base: string,
  readText: ReadText,
  types: ResourceTypes,
): CheckedBicep {
  const project = createProject(base, readText, types);
  const files = locations.flatMap((location) => project.file(location) ?? []);
  const modelOf = createModels(project, files);
  const models = files.map(modelOf);
  return { models, findings: models.flatMap(checkFile) };
}

function checkFile(model: Model): Finding[] {
  const { path, text, faults } = model.file;
  const at = (offset: number, message: string): Finding => ({
    file: path,
    ...placeOf(text, offset),
    message,
  });
  // The rest of a file that can't be read whole would be held against names that are missing.
  if (faults.length > 0) return faults.map(({ offset, message }) => at(offset, message));
  const found = new Map<string, Finding>();
  const rules = path.endsWith('.bicepparam') ? RULES_OF_PARAMETERS : RULES;
  for (const rule of rules)
    rule(model, ({ start }, message) => found.set(`${start} ${message}`, at(start, message)));
  return [...found.values()].toSorted((a, b) => a.line - b.line || a.column - b.column);
}
