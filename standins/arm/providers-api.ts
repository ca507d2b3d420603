// Resource providers, from which clients learn the api-version of a type. All are always registered.
import { ArmFault } from '../wire/arm-error';
import { json } from '../wire/handler';
import { ARM_API_VERSIONS } from './api-version';
import type { ArmAction, ArmContext, ResourceProvider } from './context';

type Shown = Pick<ResourceProvider, 'namespace' | 'types'>;

const OWN: Shown = {
  namespace: 'Microsoft.Resources',
  types: ['subscriptions', 'resourceGroups', 'deployments', 'deployments/operations'].map((resourceType) => ({
    resourceType,
    apiVersions: ARM_API_VERSIONS,
    locations: [],
  })),
};

export const listProviders: ArmAction = (context, _request, match) =>
  json(200, { value: shown(context).map((provider) => view(match.param('subscription'), provider)) });

/** Answers a request to register it, too. Throws 404 InvalidResourceNamespace. */
export const getProvider: ArmAction = (context, _request, match) => {
  const asked = match.param('namespace');
  const provider = shown(context).find(({ namespace }) => namespace.toLowerCase() === asked.toLowerCase());
  if (provider !== undefined) return json(200, view(match.param('subscription'), provider));
  throw new ArmFault(404, 'InvalidResourceNamespace', `The resource namespace '${asked}' is invalid.`);
};

function shown({ providers }: ArmContext): readonly Shown[] {
  return [...providers, OWN];
}

function view(subscription: string, { namespace, types }: Shown): unknown {
  return {
    id: `/subscriptions/${subscription}/providers/${namespace}`,
    namespace,
    registrationState: 'Registered',
    registrationPolicy: 'RegistrationRequired',
    resourceTypes: types.map(({ resourceType, apiVersions, locations }) => ({
      resourceType,
      locations,
      apiVersions: apiVersions.toReversed(), // The newest first, as ARM lists them.
    })),
  };
}
