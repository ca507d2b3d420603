// The versions of the service's REST interface that a request may name.
import { ArmFault } from '../wire/arm-error';
import { REGIONS } from './regions';

/**
 * The versions that the service itself listed until 2023 (Azure/azure-cli#30847), then those that the specifications
 * and az's own client have since. Later ones add kinds of resources and change none of these answers.
 */
export const ACI_API_VERSIONS: readonly string[] = [
  '2017-08-01-preview',
  '2017-10-01-preview',
  '2017-12-01-preview',
  '2018-02-01-preview',
  '2018-04-01',
  '2018-06-01',
  '2018-07-01',
  '2018-09-01',
  '2018-10-01',
  '2019-12-01',
  '2020-11-01',
  '2021-03-01',
  '2021-07-01',
  '2021-09-01',
  '2021-10-01',
  '2022-04-01-preview',
  '2022-09-01',
  '2022-10-01-preview',
  '2023-02-01-preview',
  '2023-05-01',
  '2023-05-15-preview',
  '2024-05-01-preview',
  '2024-09-01-preview',
  '2024-10-01-preview',
  '2024-11-01-preview',
  '2025-09-01',
  '2026-06-01-preview',
  '2026-07-01',
  '2026-08-01-preview',
];

/**
 * Throws for a version that is missing or that the service doesn't have. If ARM knows the resource's `location`, it
 * names what that region has (400). Otherwise it says that there is no such type (404):
 * docs/facts/azure-resource-manager.md#api-versions.
 */
export function checkApiVersion(url: URL, location: string | undefined): void {
  const version = url.searchParams.get('api-version');
  if (version === null || version === '') {
    throw new ArmFault(
      400,
      'MissingApiVersionParameter',
      'The api-version query parameter (?api-version=) is required for all requests.',
    );
  }
  if (ACI_API_VERSIONS.includes(version.toLowerCase())) return;
  if (location === undefined) {
    throw new ArmFault(
      404,
      'InvalidResourceType',
      `The resource type 'containerGroups' could not be found in the namespace 'Microsoft.ContainerInstance' for api version '${version}'. The supported api-versions are '${ACI_API_VERSIONS.join(',')}'.`,
    );
  }
  throw new ArmFault(
    400,
    'NoRegisteredProviderFound',
    `No registered resource provider found for location '${location}' and API version '${version}' for type 'containerGroups'. The supported api-versions are '${ACI_API_VERSIONS.join(', ')}'. The supported locations are '${REGIONS.join(', ')}'.`,
  );
}

/** Whether the request names `version` or a later one. */
export function isSince(url: URL, version: string): boolean {
  return (url.searchParams.get('api-version') ?? '').toLowerCase() >= version;
}
