// A kind of compute that gives whatever its placement lists: what is refused there, generic code refuses.
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
