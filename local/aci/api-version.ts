// The versions of the service's REST interface that a request may name.
import { ArmFault } from '../wire/arm-error';

/** azure-container-instances.md A.1; later previews add kinds of resources, not answers to these requests. */
const API_VERSIONS = [
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
  '2021-09-01',
  '2021-10-01',
  '2022-10-01-preview',
  '2023-05-01',
  '2024-05-01-preview',
  '2024-10-01-preview',
  '2024-11-01-preview',
  '2025-09-01',
];

/** Throws 400 for a version that is missing or that the service doesn't have. */
export function checkApiVersion(url: URL): void {
  const version = url.searchParams.get('api-version');
  if (version === null || version === '') {
    throw new ArmFault(
      400,
      'MissingApiVersionParameter',
      'The api-version query parameter (?api-version=) is required for all requests.',
    );
  }
  if (API_VERSIONS.includes(version)) return;
  throw new ArmFault(
    400,
    'NoRegisteredProviderFound',
    `No registered resource provider found for API version '${version}' for type 'containerGroups'. The supported api-versions are '${API_VERSIONS.join(', ')}'.`,
  );
}
