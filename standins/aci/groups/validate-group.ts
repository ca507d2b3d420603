// What the service refuses in any create: wrong names, missing requests, wrong combinations.
import { ArmFault } from '../../wire/arm-error';
import type { ContainerRequest, GroupRequest } from './group-request';
import { validateVolumes } from './validate-volumes';

/** docs/facts/container-instances.md#names: 1-63 lower-case letters, digits, single hyphens, none at the ends. */
const GROUP_NAME = /^(?!.*--)[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;
const CONTAINER_NAME = /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/;
const VARIABLE_NAME = /^[A-Za-z0-9]([A-Za-z0-9_]{0,61}[A-Za-z0-9])?$/;

/** Throws the ArmFault that the service answers (docs/facts/container-instances.md#refusals). */
export function validateGroup(name: string, request: GroupRequest): void {
  const { properties } = request;
  if (!GROUP_NAME.test(name)) {
    throw new ArmFault(
      400,
      'InvalidContainerGroupName',
      `The container group name '${name}' is invalid. It must have 1 to 63 lowercase letters, numbers or single hyphens and can't start or end with a hyphen.`,
    );
  }
  if (properties.osType !== 'Linux' && properties.osType !== 'Windows') {
    throw new ArmFault(
      400,
      'InvalidOsType',
      "The 'osType' for container group '<null>' is invalid. The value must be one of 'Windows,Linux'.",
    );
  }
  const initContainers = properties.initContainers ?? [];
  for (const container of [...properties.containers, ...initContainers]) validateContainer(name, container);
  for (const container of properties.containers) validateRequests(name, container);
  if (properties.priority === 'Spot' && properties.containers.some(wantsGpu)) {
    throw new ArmFault(
      400,
      'SpotPriorityContainerGroupWithGPUResourcesNotSupported',
      'Spot Priority Container Groups that include containers requesting GPU resources are not supported.',
    );
  }
  validateVolumes(name, request);
  refuseWhatIsNotEmulated(request);
}

function wantsGpu(container: ContainerRequest): boolean {
  return Boolean(container.properties.resources?.requests?.gpu);
}

function validateContainer(group: string, { name, properties }: ContainerRequest): void {
  if (!CONTAINER_NAME.test(name)) {
    throw new ArmFault(
      400,
      'InvalidContainerName',
      `The container name '${name}' in container group '${group}' is invalid. The container name must contain no more than 63 characters and must match the regex '[a-z0-9]([-a-z0-9]*[a-z0-9])?' (e.g. 'my-name').`,
    );
  }
  if (!properties.image) {
    throw new ArmFault(
      400,
      'ImageNotSpecified',
      `The image is not specified in container '${name}' of container group '${group}'.`,
    );
  }
  for (const variable of properties.environmentVariables ?? []) {
    if (VARIABLE_NAME.test(variable.name)) continue;
    throw new ArmFault(
      400,
      'InvalidEnvironmentVariableName',
      `The environment variable name '${variable.name}' in container '${name}' of container group '${group}' is invalid. It must have 1 to 63 letters, numbers or underscores and can't start or end with an underscore.`,
    );
  }
}

function validateRequests(group: string, { name, properties }: ContainerRequest): void {
  const { cpu, memoryInGB } = properties.resources?.requests ?? {};
  if (cpu === undefined && memoryInGB === undefined) {
    throw new ArmFault(
      400,
      'ResourceRequestsNotSpecified',
      `The resource requests are not specified in container '${name}' of contain group '${group}'. Both memory and CPU requests are required since API version '2017-07-01-preview'.`,
    );
  }
  if (cpu === undefined || memoryInGB === undefined) {
    throw new ArmFault(
      400,
      'ResourceSomeRequestsNotSpecified',
      `The '${cpu === undefined ? 'Cpu' : 'MemoryInGB'}' request is not specified in container '${name}' of container group '${group}'. It is required since API version '2017-07-01-preview'.`,
    );
  }
}

/** Refuses what is not emulated and what a program would miss without noticing. */
function refuseWhatIsNotEmulated({ properties }: GroupRequest): void {
  const all = [...properties.containers, ...(properties.initContainers ?? [])].map(
    (container) => container.properties,
  );
  const missing = [
    properties.osType === 'Windows' && 'osType Windows',
    (properties.volumes ?? []).some(({ secret }) => secret) && 'secret volumes',
    (properties.volumes ?? []).some(({ gitRepo }) => gitRepo) && 'gitRepo volumes',
    (properties.subnetIds ?? []).length > 0 && 'subnetIds',
    (properties.extensions ?? []).length > 0 && 'extensions',
    (properties.sku ?? 'Standard') !== 'Standard' && `sku ${properties.sku ?? ''}`,
    all.some(({ livenessProbe, readinessProbe }) => Boolean(livenessProbe ?? readinessProbe)) && 'probes',
  ].filter((what) => what !== false);
  if (missing.length === 0) return;
  throw new ArmFault(
    400,
    'NotEmulated',
    `The local emulator of Azure Container Instances doesn't emulate ${missing.join(', ')}; standins/README.md lists what it does.`,
  );
}
