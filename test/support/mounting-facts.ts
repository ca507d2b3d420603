// What is known of a placement whose platform mounts everything, for tests of what its configuration offers.
import { aciFacts } from '../../backends/aci/facts';
import type { BackendFacts } from '../../domain/backend/backend-facts';
import type { Traits } from '../../domain/backend/traits';
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
    offer: (_, gpu) => ({ kind: 'gives', gpu, counts: [] }),
  };
}
