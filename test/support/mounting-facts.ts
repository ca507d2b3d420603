// What is known of a placement whose platform mounts everything, for tests of what its configuration offers.
import { aciFacts } from '../../backends/aci/facts';
import type { BackendFacts } from '../../domain/backend/backend-facts';
import type { Traits } from '../../domain/backend/traits';
import { resourcesOf } from '../../domain/spec/resources';
import { testPlacement } from './placements';

export function mountingFacts(over: Partial<Traits> = {}): BackendFacts {
  const facts = aciFacts(testPlacement());
  const mounting: Partial<Traits> = {
    workingDir: true,
    scratch: { memory: true, sized: true },
    subPath: true,
    volumeKeys: false,
  };
  return {
    ...facts,
    traits: { ...facts.traits, ...mounting, ...over },
    offer: (wish, gpu) => ({
      kind: 'gives',
      gpu,
      resources: resourcesOf(wish, gpu, { gpus: [] }),
      counts: [],
    }),
  };
}
