// What the service refuses of a job before it makes it. Where no source gives the words, the comment says so.
import type { ContainerRuntime } from '../../containers/runtime';
import { ArmFault } from '../../wire/arm-error';
import type { Environment } from '../environments/environment-store';
import type { Switches } from '../switches';
import { invalid } from './container-spec';
import type { JobDefinition } from './job-definition';
import { checkVolumes } from './job-volumes';
import { checkResources } from './resource-rules';

/** Documented as fewer than 32 characters, so 31 is the longest that is safe. */
const LONGEST_JOB_NAME = 31;
const JOB_NAME = /^[a-z](?!.*--)[a-z0-9-]*[a-z0-9]$/;
/** Documented for secrets as for jobs, without a length. */
const SECRET_NAME = /^[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?$/;

/** Throws 400. The rule is documented (az's reference); its code and words are not confirmed by any source. */
export function checkJobName(name: string): void {
  if (name.length <= LONGEST_JOB_NAME && JOB_NAME.test(name)) return;
  throw new ArmFault(
    400,
    'ContainerAppsJobInvalidName',
    `Invalid job name '${name}'. A name must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and end with an alphanumeric character and cannot have '--'. The length must be less than ${LONGEST_JOB_NAME + 1} characters.`,
  );
}

/**
 * The environment that a job names, and its profile's type. Throws 400 for one that does not exist or is not ready, and
 * for a profile that it lacks. Codes but ManagedEnvironmentNotProvisioned are not confirmed by any source.
 */
export function checkEnvironment(environment: Environment | undefined, id: string): Environment {
  if (!environment) {
    throw new ArmFault(
      400,
      'ManagedEnvironmentNotFound',
      `The environment with resource id '${id}' could not be found.`,
    );
  }
  if (environment.state === 'Succeeded') return environment;
  throw new ArmFault(
    400,
    'ManagedEnvironmentNotProvisioned',
    `The environment '${environment.place.name}' is not provisioned yet: its provisioning state is '${environment.state}'.`,
  );
}

/** The type of a job's profile; undefined in an environment without profiles. */
export function profileTypeOf(
  { profiles, place }: Environment,
  profileName: string | undefined,
): string | undefined {
  if (profiles === undefined || profileName === undefined) return undefined;
  const profile = profiles.find(({ name }) => name.toLowerCase() === profileName.toLowerCase());
  if (profile) return profile.type;
  throw new ArmFault(
    400,
    'WorkloadProfileNotFound',
    `Workload profile '${profileName}' was not found in environment '${place.name}', which has: ${profiles.map(({ name }) => name).join(', ')}.`,
  );
}

export function checkDefinition(
  definition: JobDefinition,
  environment: Environment,
  runtime: Pick<ContainerRuntime, 'lookUp'>,
  { imageCheck }: Pick<Switches, 'imageCheck'>,
): void {
  checkSecrets(definition);
  const all = [...definition.containers, ...(definition.initContainers ?? [])];
  if (definition.containers.length === 0) throw invalid('containers', 'at least one container is required');
  const repeated = all.find(({ name }, index) => all.findIndex((other) => other.name === name) !== index);
  if (repeated) throw invalid(`containers.${repeated.name}.name`, 'names must be unique');
  checkResources(definition.containers, profileTypeOf(environment, definition.profileName));
  checkVolumes(definition.volumes, all, environment);
  if (imageCheck === 'at-pull') return;
  for (const { name, image } of all) {
    const standing = runtime.lookUp(image);
    if (standing.kind === 'known') continue;
    const why = standing.kind === 'unpullable' ? standing.why : 'UNAUTHORIZED: authentication required';
    throw invalid(`containers.${name}.image`, `Invalid value: "${image}": ${why}`);
  }
}

/** The code for registries is recorded of a container app; that for variables is not confirmed by any source. */
function checkSecrets({ secrets, registries, containers, initContainers }: JobDefinition): void {
  const bad = secrets.find(({ name }) => !SECRET_NAME.test(name));
  if (bad) {
    throw new ArmFault(
      400,
      'ContainerAppSecretInvalidName',
      `Invalid secret name '${bad.name}'. A name must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character.`,
    );
  }
  const names = new Set(secrets.map(({ name }) => name));
  for (const { server, passwordSecretRef } of registries) {
    if (typeof passwordSecretRef !== 'string' || passwordSecretRef === '' || names.has(passwordSecretRef))
      continue;
    throw new ArmFault(
      400,
      'ContainerAppRegistriesPasswordSecretRefNotFound',
      `PasswordSecretRef '${passwordSecretRef}' defined for registry server '${String(server)}' not found.`,
    );
  }
  for (const { name, env = [] } of [...containers, ...(initContainers ?? [])]) {
    const missing = env.find(({ secretRef }) => secretRef !== undefined && !names.has(secretRef));
    if (!missing) continue;
    throw new ArmFault(
      400,
      'ContainerAppSecretRefNotFound',
      `SecretRef '${missing.secretRef ?? ''}' defined for container '${name}' not found.`,
    );
  }
}
