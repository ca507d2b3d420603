// Compares the roles that infra/ gives with those that are needed: which ones, on what, and by whom.
import { type BicepText, modulesIn, resourcesIn } from './bicep-text';
import {
  WANTED_ACCESS,
  WANTED_ASSIGNMENTS,
  type WantedAccess,
  type WantedAssignments,
} from './wanted-assignments';

const ASSIGNMENTS = 'Microsoft.Authorization/roleAssignments';
const GUIDS = /'([0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12})'/gi;

/** One sentence a fault. */
export function assignmentFaults(texts: readonly BicepText[]): string[] {
  const known = new Set(WANTED_ASSIGNMENTS.map(({ file }) => file));
  const unknown = texts
    .filter((one) => !known.has(one.file) && resourcesIn(one).some(({ type }) => type === ASSIGNMENTS))
    .map(({ file }) => `${file} gives a role that no list of assignments has: nobody needs it.`);
  const wrong = WANTED_ASSIGNMENTS.flatMap((wanted) => {
    const text = texts.find(({ file }) => file === wanted.file);
    const names = wanted.roles.map(({ name }) => name).join(', ') || 'a custom role';
    return text === undefined
      ? [`${wanted.file} is missing: it must give ${names}.`]
      : [...roleFaultsIn(text, wanted), ...scopeFaultsIn(text, wanted)];
  });
  return [
    ...unknown,
    ...wrong,
    ...WANTED_ACCESS.flatMap((wanted) => accessFaults(texts, wanted)),
    ...texts.flatMap(unnamedRoleFaults),
  ];
}

/** What is given by the files for custom roles is one of those. */
function unnamedRoleFaults(text: BicepText): string[] {
  const modules = modulesIn(text);
  const roles = modules.filter(({ type }) => WANTED_ACCESS.some(({ role }) => role === type));
  return modules
    .filter(({ type }) => WANTED_ACCESS.some(({ by }) => by === type))
    .filter(({ body }) => !roles.some((role) => takesRole(body, role.name)))
    .map(
      ({ name, type }) =>
        `${text.file} gives a role of unknown rights by ${type} ("${name}"): nobody needs it.`,
    );
}

/** Whether the module with this body gives the role that the module of this name defines. */
function takesRole(body: string, role: string): boolean {
  return new RegExp(String.raw`\b${role}!?\.outputs\.roleDefinitionName\b`).test(body);
}

/** By the ids that stand in the file. */
function roleFaultsIn({ file, text }: BicepText, { roles }: WantedAssignments): string[] {
  const given = [...text.matchAll(GUIDS)].map(([, id = '']) => id.toLowerCase());
  return [
    ...roles
      .filter(({ id }) => !given.includes(id))
      .map(({ id, name }) => `${file} lacks the role ${name} (${id}): the code needs it.`),
    ...given
      .filter((one) => !roles.some(({ id }) => id === one))
      .map((one) => `${file} gives the role ${one}: the code doesn't need it.`),
  ];
}

/** Each assignment names the resource that it is on, unless the whole group or subscription is meant. */
function scopeFaultsIn(text: BicepText, { file, on }: WantedAssignments): string[] {
  const resources = resourcesIn(text);
  const assignments = resources.filter(({ type }) => type === ASSIGNMENTS);
  const scopes = assignments.map(({ name, body }) => {
    const scope = /^\s+scope: (\w+)$/m.exec(body)?.[1];
    return { name, type: resources.find((one) => one.name === scope)?.type };
  });
  const wider = scopes
    .filter(({ type }) => (on.length === 0 ? type !== undefined : type === undefined || !on.includes(type)))
    .map(
      ({ name, type = 'the whole scope of its deployment' }) =>
        `${file} gives "${name}" on ${type}: it is needed on ${on.join(', ') || 'the scope of its deployment'} alone.`,
    );
  const missing = on
    .filter((one) => !scopes.some(({ type }) => type === one))
    .map((one) => `${file} gives nothing on ${one}: a role is needed there.`);
  return [
    ...(assignments.length === 0 ? [`${file} gives no role: it must.`] : []),
    ...wider,
    ...(assignments.length === 0 ? [] : missing),
  ];
}

/** A custom role is given where it is defined, by the one file that has its scope. */
function accessFaults(texts: readonly BicepText[], { role, by }: WantedAccess): string[] {
  const uses = texts.flatMap((text) => {
    const modules = modulesIn(text);
    return modules
      .filter(({ type }) => type === role)
      .map(({ name }) => ({
        file: text.file,
        given: modules.filter(({ body }) => takesRole(body, name)).map(({ type }) => type),
      }));
  });
  if (uses.length === 0) return [`${role} is defined by nobody: the code needs its role.`];
  return uses.flatMap(({ file, given }) => [
    ...(given.includes(by) ? [] : [`${file} does not give ${role} by ${by}: the code needs it there.`]),
    ...given
      .filter((one) => one !== by)
      .map((one) => `${file} gives ${role} by ${one}: it is for ${by} alone.`),
  ]);
}
