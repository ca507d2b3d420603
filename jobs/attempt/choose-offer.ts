// Which GPU, how many cores and how much memory a create asks for, settled once, right before the intent.
import type { AttemptRow } from '../../domain/attempt/attempt';
import type { JobPlan } from '../../domain/job/job';
import type { JobSpec } from '../../domain/spec/job-spec';
import { type Choice, choose } from '../../domain/spec/preflight';
import type { StoryPorts } from '../ports';

/**
 * It goes by the placement's offer as it is now; a placement that is no longer configured offers nothing. `admitted`
 * has what the attempt was admitted with. No other GPU is taken, because the others may be shut (capacity.ts), and no
 * other CPU and memory, because the placement's limits were reckoned with these.
 */
export function chooseOffer(
  ports: StoryPorts,
  spec: JobSpec,
  plan: JobPlan | undefined,
  admitted: Pick<AttemptRow, 'placement' | 'gpu' | 'resources'>,
): Choice {
  const placement = ports.placements.find((candidate) => candidate.name === admitted.placement);
  if (placement === undefined) return { kind: 'refuses', why: 'is not configured any more' };
  const backend = ports.factsOf(placement.name);
  const known = { now: ports.clock.now(), usages: ports.quotas?.of(placement.name)?.usages };
  const resources = admitted.resources ?? plan?.resources;
  const wish = resources === undefined ? spec : { ...spec, resources };
  if (admitted.gpu === undefined || spec.gpu === undefined) return choose(wish, placement, backend, known);
  const exact = { ...wish, gpu: { ...spec.gpu, sku: admitted.gpu.sku } };
  return choose(exact, { ...placement, accepts: undefined }, backend, known);
}
