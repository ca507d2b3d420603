// The managed environment of a placement, by its resource id.
import type { ContainerAppsPlacement } from './placement';

type Where = Pick<ContainerAppsPlacement, 'subscriptionId' | 'resourceGroup' | 'environment'>;

interface EnvironmentParts {
  readonly subscriptionId: string;
  readonly resourceGroup: string;
  readonly name: string;
}

/** The whole id, whether the placement gives it or the name alone. */
export function environmentId(where: Where): string {
  const { subscriptionId, resourceGroup, name } = environmentParts(where);
  return `/subscriptions/${subscriptionId}/resourceGroups/${resourceGroup}/providers/Microsoft.App/managedEnvironments/${name}`;
}

/** Where the environment is; the placement's schema has seen to the form of an id. */
export function environmentParts({ subscriptionId, resourceGroup, environment }: Where): EnvironmentParts {
  const [, , subscription, , group, , , , name] = environment.split('/');
  return subscription === undefined || group === undefined || name === undefined
    ? { subscriptionId, resourceGroup, name: environment }
    : { subscriptionId: subscription, resourceGroup: group, name };
}
