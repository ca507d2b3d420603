// The versions that requests of Azure Resource Manager itself may name.
import { ArmFault } from '../wire/arm-error';

/**
 * The versions in azure-rest-api-specs (specification/resources) for subscriptions, resource groups and deployments
 * together.
 */
export const ARM_API_VERSIONS: readonly string[] = [
  ...['2015-01-01', '2015-11-01', '2016-02-01', '2016-06-01', '2016-07-01', '2016-09-01'],
  ...['2017-05-01', '2017-05-10', '2017-06-01', '2017-08-01'],
  ...['2018-01-01', '2018-02-01', '2018-05-01', '2018-06-01', '2018-07-01', '2018-08-01', '2018-11-01'],
  ...['2019-03-01', '2019-05-01', '2019-05-10', '2019-06-01', '2019-07-01', '2019-08-01', '2019-09-01'],
  ...['2019-10-01', '2019-11-01', '2020-01-01', '2020-05-01', '2020-06-01', '2020-08-01', '2020-09-01'],
  ...['2020-10-01', '2021-01-01', '2021-04-01', '2022-09-01', '2022-12-01', '2023-07-01', '2024-03-01'],
  ...['2024-07-01', '2024-11-01', '2025-03-01', '2025-04-01'],
];

/** Throws 400 in ARM's words for a version that is missing or unknown. */
export function checkArmApiVersion(url: URL): void {
  const version = url.searchParams.get('api-version');
  if (version === null || version === '')
    throw new ArmFault(
      400,
      'MissingApiVersionParameter',
      'The api-version query parameter (?api-version=) is required for all requests.',
    );
  if (ARM_API_VERSIONS.includes(version.toLowerCase())) return;
  throw new ArmFault(
    400,
    'InvalidApiVersionParameter',
    `The api-version '${version}' is invalid. The supported versions are '${ARM_API_VERSIONS.toReversed().join(',')}'.`,
  );
}
