// Tenants, subscriptions and their regions, which a client asks for first after its login.
import { displayName, REGIONS } from '../aci/regions';
import { json } from '../wire/handler';
import type { ArmAction, ArmContext } from './context';

export const listTenants: ArmAction = ({ tenantId }) =>
  json(200, {
    value: [
      {
        id: `/tenants/${tenantId}`,
        tenantId,
        displayName: 'This machine',
        defaultDomain: 'localhost',
        domains: ['localhost'],
        tenantCategory: 'Home',
      },
    ],
  });

export const listSubscriptions: ArmAction = (context) =>
  json(200, { value: knownSubscriptions(context).map((id) => view(context, id)) });

/** Any id counts as a subscription, as everywhere in this stand-in. */
export const getSubscription: ArmAction = (context, _request, match) =>
  json(200, view(context, match.param('subscription')));

export const listLocations: ArmAction = (_context, _request, match) =>
  json(200, {
    value: REGIONS.map((name) => ({
      id: `/subscriptions/${match.param('subscription')}/locations/${name}`,
      name,
      type: 'Region',
      displayName: displayName(name),
      regionalDisplayName: displayName(name),
      metadata: { regionType: 'Physical', regionCategory: 'Recommended' },
    })),
  });

/** The subscription that always exists, and those that hold something. */
function knownSubscriptions({ subscriptionId, resourceGroups, containerInstances }: ArmContext): string[] {
  const others = [
    ...resourceGroups.subscriptions(),
    ...containerInstances.places().map(({ subscription }) => subscription),
  ];
  return [...new Set([subscriptionId, ...others].map((id) => id.toLowerCase()))];
}

function view({ tenantId, subscriptionId }: ArmContext, id: string): unknown {
  const name = id.toLowerCase() === subscriptionId.toLowerCase() ? 'gpu-job-runner' : id;
  return {
    id: `/subscriptions/${id}`,
    subscriptionId: id,
    tenantId,
    displayName: name,
    state: 'Enabled',
    authorizationSource: 'RoleBased',
    managedByTenants: [],
    subscriptionPolicies: {
      locationPlacementId: 'Public_2014-09-01',
      quotaId: 'PayAsYouGo_2014-09-01',
      spendingLimit: 'Off',
    },
  };
}
