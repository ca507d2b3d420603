// What is known of a placement on Container Instances before any request.
import type { BackendFacts } from '../../domain/backend/backend-facts';
import { aciOffer } from './offer';
import type { AciPlacement } from './placement';
import { ACI_TRAITS } from './traits';

export function aciFacts(placement: AciPlacement): BackendFacts {
  const { backend, region, subscriptionId, resourceGroup, fateKnownAfterS } = placement;
  return {
    kind: backend,
    region,
    traits: fateKnownAfterS === undefined ? ACI_TRAITS : { ...ACI_TRAITS, fateKnownAfterS },
    scopes: {
      inventory: key(backend, subscriptionId, resourceGroup),
      quota: key(backend, subscriptionId, region),
      // Resource Manager counts by subscription, whatever the resources are.
      requests: key('arm', subscriptionId),
    },
    offer: (wish, gpu, now) => aciOffer(wish, gpu, placement, now),
  };
}

/** Azure reads the names of all these in any case. */
function key(...parts: readonly string[]): string {
  return parts.join('/').toLowerCase();
}
