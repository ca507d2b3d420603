// The managed environment of a placement, by its resource id.
import type { ContainerAppsPlacement } from './placement';

type Where = Pick<ContainerAppsPlacement, 'subscriptionId' | 'resourceGroup' | 'environment'>;

/** The whole id, whether the placement gives it or the name alone. */
export function environmentId({ subscriptionId, resourceGroup, environment }: Where): string {
  return environment.startsWith('/')
    ? environment
    : `/subscriptions/${subscriptionId}/resourceGroups/${resourceGroup}/providers/Microsoft.App/managedEnvironments/${environment}`;
}
