// A kind of compute that gives all that its placement lists. So generic code alone decides what is refused there.
import { unconfiguredFacts } from '../../backends/unconfigured-backend';
import type { BackendFacts } from '../../domain/backend/backend-facts';

export function generousFacts(over: Partial<BackendFacts> = {}): BackendFacts {
  return {
    ...unconfiguredFacts('generous'),
    kind: 'generous',
    offer: (_wish, gpu) => ({ kind: 'gives', gpu, counts: [] }),
    ...over,
  };
}
