// What is known of a placement on Container Apps before any request.
import type { BackendFacts } from '../../domain/backend/backend-facts';
import { environmentId } from './environment-id';
import { containerAppsLogSources } from './log-sources';
import { containerAppsOffer } from './offer';
import type { ContainerAppsPlacement } from './placement';
import { CONTAINER_APPS_TRAITS } from './traits';

export function containerAppsFacts(placement: ContainerAppsPlacement): BackendFacts {
  const { backend, region, subscriptionId, resourceGroup, fateKnownAfterS } = placement;
  return {
    kind: backend,
    region,
    traits:
      fateKnownAfterS === undefined ? CONTAINER_APPS_TRAITS : { ...CONTAINER_APPS_TRAITS, fateKnownAfterS },
    scopes: {
      inventory: key(backend, subscriptionId, resourceGroup),
      // An environment has GPUs of its own, and shares those of its region.
      quota: key(backend, environmentId(placement)),
      requests: key('arm', subscriptionId),
    },
    logSources: containerAppsLogSources(placement),
    offer: (wish, gpu) => containerAppsOffer(wish, gpu, placement),
  };
}

/** Azure reads the names of all these in any case. */
function key(...parts: readonly string[]): string {
  return parts.join('/').toLowerCase();
}
