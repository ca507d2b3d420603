// What is known of a placement of this kind before any request.
import type { BackendFacts } from '../../domain/backend/backend-facts';
import type { Traits } from '../../domain/backend/traits';
import { resourcesOf } from '../../domain/spec/resources';
import { mountsNothing } from './mounts-nothing';
import { MOST_CPU } from './two-step-service';

export const TWO_STEP = 'two-step';

const TRAITS: Traits = {
  repeatedCreate: 'runs-twice',
  fateKnownAfterS: 600,
  args: 'appends',
  workingDir: false,
  scratch: { memory: false, sized: false },
  subPath: true,
  volumeKeys: false,
  bills: { from: 'running', until: 'ended', of: 'workload' },
  logs: 'position',
  requests: { perLook: 3, perS: 15 },
  removals: [],
  creates: [],
};

export function twoStepFacts(): BackendFacts {
  return {
    kind: TWO_STEP,
    region: undefined,
    traits: TRAITS,
    scopes: { inventory: TWO_STEP, quota: TWO_STEP, requests: TWO_STEP },
    offer: (wish, gpu) => {
      const ungiven = mountsNothing(wish);
      if (ungiven !== undefined) return { kind: 'refuses', why: ungiven };
      const resources = resourcesOf(wish, gpu, { gpus: [] });
      const { cpu } = resources;
      return cpu > MOST_CPU
        ? { kind: 'refuses', why: `holds at most ${MOST_CPU} CPU cores, the job asks for ${cpu}` }
        : { kind: 'gives', gpu, resources, counts: [] };
    },
  };
}
