// Compares the roles of infra/ with what the code takes: what a custom role lacks and what it has in vain, and which
// roles are given.
import { assignmentFaults } from './assignment-faults';
import { type BicepText, bicepTexts } from './bicep-text';
import { definesRole, readRole } from './read-role';
import { WANTED_ROLES, type WantedRole } from './wanted-roles';

/** One sentence a fault; none where each role holds exactly what the code takes. `infra`: the folder. */
export function roleFaults(infra: string): string[] {
  const texts = bicepTexts(infra);
  const known = new Set(WANTED_ROLES.map(({ file }) => file));
  const unknown = texts
    .filter((one) => !known.has(one.file) && definesRole(one))
    .map(
      ({ file }) =>
        `${file} defines a custom role that no list of rights stands for: the code doesn't need it.`,
    );
  const faults = WANTED_ROLES.flatMap((role) => {
    const text = texts.find(({ file }) => file === role.file);
    return text === undefined
      ? [`${role.file} is missing: the code needs its role, with ${inWords(role)}.`]
      : faultsOf(role, text);
  });
  return [...unknown, ...faults, ...assignmentFaults(texts)].toSorted();
}

function faultsOf({ file, actions, dataActions }: WantedRole, text: BicepText): string[] {
  if (!definesRole(text)) return [`${file} defines no custom role: the code needs one.`];
  const { lists, unread } = readRole(text);
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
