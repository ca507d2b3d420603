// Compares the custom roles of infra/ with what the code takes: what a role lacks, and what it has in vain.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { definesRole, readRole } from './read-role';
import { WANTED_ROLES, type WantedRole } from './wanted-roles';

/** One sentence a fault; none where each role holds exactly what the code takes. `infra`: the folder. */
export function roleFaults(infra: string): string[] {
  const files = readdirSync(infra, { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith('.bicep'),
  );
  const known = new Set(WANTED_ROLES.map(({ file }) => file));
  const unknown = files
    .filter((file) => !known.has(file) && definesRole(readFileSync(join(infra, file), 'utf8')))
    .map(
      (file) => `${file} defines a custom role that no list of rights stands for: the code doesn't need it.`,
    );
  const faults = WANTED_ROLES.flatMap((role) =>
    files.includes(role.file)
      ? faultsOf(role, readFileSync(join(infra, role.file), 'utf8'))
      : [`${role.file} is missing: the code needs its role, with ${inWords(role)}.`],
  );
  return [...unknown, ...faults].toSorted();
}

function faultsOf({ file, actions, dataActions }: WantedRole, bicep: string): string[] {
  if (!definesRole(bicep)) return [`${file} defines no custom role: the code needs one.`];
  const { lists, unread } = readRole(bicep);
  const compare = (name: 'actions' | 'dataActions', needed: readonly string[]): string[] => [
    ...needed
      .filter((one) => !lists[name].includes(one))
      .map((one) => `${file} lacks ${one} among its ${name}: the code needs it.`),
    ...[...new Set(lists[name])]
      .filter((one) => !needed.includes(one))
      .map((one) => `${file} has ${one} among its ${name}: the code doesn't need it.`),
    ...lists[name]
      .filter((one, place) => lists[name].indexOf(one) !== place)
      .map((one) => `${file} has ${one} among its ${name} twice.`),
  ];
  const taken = [...lists.notActions, ...lists.notDataActions];
  return [
    ...compare('actions', actions),
    ...compare('dataActions', dataActions),
    ...taken.map((one) => `${file} takes ${one} away again: leave it out of the actions instead.`),
    ...unread.map((one) => `${file} has "${one}", which is no plain text: write each action out.`),
  ];
}

function inWords({ actions, dataActions }: WantedRole): string {
  return [...actions, ...dataActions].join(', ');
}
