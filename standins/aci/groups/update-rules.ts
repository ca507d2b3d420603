// What an update of a group can't change.
import { ArmFault } from '../../wire/arm-error';
import type { GroupRequest } from './group-request';

/**
 * Throws 400 InvalidContainerGroupUpdate, whose sentence names what can't change
 * (docs/facts/container-instances.md#repeated-put).
 */
export function checkUpdate(name: string, before: GroupRequest, after: GroupRequest): void {
  if (JSON.stringify(fixedParts(before)) === JSON.stringify(fixedParts(after))) return;
  throw new ArmFault(
    400,
    'InvalidContainerGroupUpdate',
    `The updates on container group '${name}' are invalid. If you are going to update the os type, restart policy, network profile, CPU, memory or GPU resources for a container group, you must delete it first and then create a new one.`,
  );
}

function fixedParts({ properties }: GroupRequest): unknown {
  return {
    osType: properties.osType,
    restartPolicy: properties.restartPolicy ?? 'Always',
    containers: properties.containers.map(({ properties: { resources } }) => ({
      cpu: resources?.requests?.cpu,
      memoryInGB: resources?.requests?.memoryInGB,
      gpu: resources?.requests?.gpu && {
        sku: resources.requests.gpu.sku,
        count: resources.requests.gpu.count,
      },
    })),
  };
}
