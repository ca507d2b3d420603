// Refusals that several routes share.
import { ArmFault } from '../wire/arm-error';

/**
 * What the gateway answers for a resource that does not exist (recorded in November 2025,
 * docs/facts/container-apps.md#errors).
 */
export function notFoundByGateway(type: string, name: string, resourceGroup: string): ArmFault {
  return new ArmFault(
    404,
    'ResourceNotFound',
    `The Resource 'Microsoft.App/${type}/${name}' under resource group '${resourceGroup}' was not found. For more details please go to https://aka.ms/ARMResourceNotFoundFix`,
    { 'x-ms-failure-cause': 'gateway' },
  );
}

/** A request that the service has and the stand-in has not. */
export function notEmulated(what: string): ArmFault {
  return new ArmFault(
    501,
    'NotEmulated',
    `The local stand-in for Azure Container Apps doesn't emulate ${what}; standins/README.md lists what it does.`,
  );
}
