// Resource groups: list, get, head, put.
import { z } from 'zod';

import { normalRegion } from '../aci/gpu-offer';
import { readBody } from '../aci/groups/group-request';
import { ArmFault } from '../wire/arm-error';
import type { Match } from '../wire/arm-route';
import { json } from '../wire/handler';
import type { ArmAction, ArmContext } from './context';
import type { ResourceGroup } from './resource-group-book';

/** The group that a path names; throws 404 ResourceGroupNotFound. */
export function findResourceGroup(
  { resourceGroups }: ArmContext,
  match: Pick<Match<unknown>, 'param'>,
): ResourceGroup {
  const name = match.param('resourceGroup');
  const group = resourceGroups.get(match.param('subscription'), name);
  if (group) return group;
  throw new ArmFault(404, 'ResourceGroupNotFound', `Resource group '${name}' could not be found.`);
}

export const listResourceGroups: ArmAction = ({ resourceGroups, containerInstances }, _request, match) => {
  const subscription = match.param('subscription');
  const named = containerInstances
    .places()
    .filter((place) => place.subscription.toLowerCase() === subscription.toLowerCase())
    .map(({ resourceGroup }) => resourceGroup);
  const value = resourceGroups.list(subscription, named).map((group) => view(subscription, group));
  return json(200, { value });
};

export const getResourceGroup: ArmAction = (context, _request, match) =>
  json(200, view(match.param('subscription'), findResourceGroup(context, match)));

/** The answer has no body in either case. */
export const headResourceGroup: ArmAction = ({ resourceGroups }, _request, match) => {
  const group = resourceGroups.get(match.param('subscription'), match.param('resourceGroup'));
  return { status: group ? 204 : 404 };
};

const bodySchema = z.looseObject({
  location: z.string().min(1),
  tags: z.record(z.string(), z.string()).nullish(),
});

export const putResourceGroup: ArmAction = ({ resourceGroups }, request, match) => {
  const subscription = match.param('subscription');
  const name = match.param('resourceGroup');
  const body = readBody(bodySchema, request.body);
  const before = resourceGroups.wasPut(subscription, name)
    ? resourceGroups.get(subscription, name)
    : undefined;
  const location = normalRegion(body.location);
  if (before && before.location !== location)
    throw new ArmFault(
      409,
      'InvalidResourceGroupLocation',
      `Invalid resource group location '${location}'. The Resource group already exists in location '${before.location}'.`,
    );
  const group = { name: before?.name ?? name, location, tags: body.tags ?? {} };
  resourceGroups.put(subscription, group);
  return json(before ? 200 : 201, view(subscription, group));
};

function view(subscription: string, { name, location, tags }: ResourceGroup): unknown {
  return {
    id: `/subscriptions/${subscription}/resourceGroups/${name}`,
    name,
    type: 'Microsoft.Resources/resourceGroups',
    location,
    tags,
    properties: { provisioningState: 'Succeeded' },
  };
}
