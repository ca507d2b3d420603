// Resource providers, from which clients learn the api-version of a type. Both are always registered.
import { ACI_API_VERSIONS } from '../aci/api-version';
import { displayName, REGIONS } from '../aci/regions';
import { ArmFault } from '../wire/arm-error';
import { json } from '../wire/handler';
import { ARM_API_VERSIONS } from './api-version';
import type { ArmAction } from './context';

interface ResourceType {
  readonly resourceType: string;
  readonly apiVersions: readonly string[];
  readonly located: boolean;
}

const CONTAINER_INSTANCE_TYPES: readonly ResourceType[] = [
  { resourceType: 'containerGroups', apiVersions: ACI_API_VERSIONS, located: true },
  { resourceType: 'locations/usages', apiVersions: ACI_API_VERSIONS, located: false },
  { resourceType: 'locations/capabilities', apiVersions: ACI_API_VERSIONS, located: false },
  { resourceType: 'locations/operations', apiVersions: ACI_API_VERSIONS, located: false },
];

const PROVIDERS: Readonly<Record<string, readonly ResourceType[]>> = {
  'Microsoft.ContainerInstance': CONTAINER_INSTANCE_TYPES,
  'Microsoft.Resources': ['subscriptions', 'resourceGroups', 'deployments', 'deployments/operations'].map(
    (resourceType) => ({ resourceType, apiVersions: ARM_API_VERSIONS, located: false }),
  ),
};

export const listProviders: ArmAction = (_context, _request, match) =>
  json(200, {
    value: Object.keys(PROVIDERS).map((namespace) => view(match.param('subscription'), namespace)),
  });

/** Answers a request to register it, too. Throws 404 InvalidResourceNamespace. */
export const getProvider: ArmAction = (_context, _request, match) => {
  const asked = match.param('namespace');
  const namespace = Object.keys(PROVIDERS).find((known) => known.toLowerCase() === asked.toLowerCase());
  if (namespace !== undefined) return json(200, view(match.param('subscription'), namespace));
  throw new ArmFault(404, 'InvalidResourceNamespace', `The resource namespace '${asked}' is invalid.`);
};

function view(subscription: string, namespace: string): unknown {
  return {
    id: `/subscriptions/${subscription}/providers/${namespace}`,
    namespace,
    registrationState: 'Registered',
    registrationPolicy: 'RegistrationRequired',
    resourceTypes: (PROVIDERS[namespace] ?? []).map(({ resourceType, apiVersions, located }) => ({
      resourceType,
      locations: located ? REGIONS.map(displayName) : [],
      apiVersions: apiVersions.toReversed(), // The newest first, as ARM lists them.
    })),
  };
}
