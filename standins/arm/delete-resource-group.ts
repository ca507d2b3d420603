// The deletion of a resource group with all that is in it, and the operation that shows when it is done.
import { z } from 'zod';

import { ArmFault } from '../wire/arm-error';
import type { ArmAction, ArmContext, ResourcePlace } from './context';
import { findResourceGroup } from './resource-groups-api';

/** Any version of the provider would do: it answers deletes alike in all. */
const PROVIDER_VERSION = '2023-05-01';

const errorSchema = z.object({ error: z.object({ code: z.string(), message: z.string() }) });

/** Answers 202 with a `Location`, which answers 202 until everything is gone, then 200. */
export const deleteResourceGroup: ArmAction = async (context, request, match) => {
  const { name } = findResourceGroup(context, match);
  const subscription = match.param('subscription');
  for (const { id } of resourcesIn(context, subscription, name)) await remove(context, request.url, id);
  for (const deployment of context.deployments.list({ subscription, resourceGroup: name }))
    context.deployments.remove(deployment);
  context.resourceGroups.remove(subscription, name);
  const { origin, searchParams } = request.url;
  const version = searchParams.get('api-version') ?? '';
  const operation = Buffer.from(name).toString('base64url');
  return {
    status: 202,
    headers: {
      location: `${origin}/subscriptions/${subscription}/operationresults/${operation}?api-version=${version}`,
      'retry-after': '1',
    },
  };
};

/** Answers a poll. The operation's id is the group's name, encoded. */
export const getDeletion: ArmAction = (context, { url }, match) => {
  const name = Buffer.from(match.param('operation'), 'base64url').toString('utf8');
  if (resourcesIn(context, match.param('subscription'), name).length === 0) return { status: 200 };
  return { status: 202, headers: { location: url.href, 'retry-after': '1' } };
};

function resourcesIn(
  { containerInstances }: ArmContext,
  subscription: string,
  name: string,
): readonly ResourcePlace[] {
  const same = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase();
  return containerInstances
    .places()
    .filter((place) => same(place.subscription, subscription) && same(place.resourceGroup, name));
}

/** Throws the provider's answer if it refuses. */
async function remove({ containerInstances }: ArmContext, { origin }: URL, id: string): Promise<void> {
  const url = new URL(`${id}?api-version=${PROVIDER_VERSION}`, origin);
  const { status, body, headers } = await containerInstances.handle({
    ...{ method: 'DELETE', url },
    headers: { host: url.host },
    body: Buffer.alloc(0),
  });
  if (status < 400) return;
  const { error } = errorSchema.parse(JSON.parse(String(body)));
  const wait = headers?.['retry-after'];
  throw new ArmFault(status, error.code, error.message, wait === undefined ? {} : { 'retry-after': wait });
}
