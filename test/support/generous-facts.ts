// A kind of compute that gives all that its placement lists. So generic code alone decides what is refused there.
import { unconfiguredFacts } from '../../backends/unconfigured-backend';
import type { BackendFacts } from '../../domain/backend/backend-facts';
import { resourcesOf } from '../../domain/spec/resources';

export function generousFacts(over: Partial<BackendFacts> = {}): BackendFacts {
  return {
    ...unconfiguredFacts('generous'),
    kind: 'generous',
    offer: (wish, gpu) => ({
      kind: 'gives',
      gpu,
      resources: resourcesOf(wish, gpu, { gpus: [] }),
      counts: [],
    }),
    ...over,
  };
}
