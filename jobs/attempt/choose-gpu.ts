// Which GPU a create asks for, settled once, right before the intent.
import type { AttemptRow } from '../../domain/attempt/attempt';
import type { JobSpec } from '../../domain/spec/job-spec';
import { type Choice, choose } from '../../domain/spec/preflight';
import type { StoryPorts } from '../ports';

/**
 * It goes by the placement's offer as it is now; a placement that is no longer configured offers nothing. `admitted` is
 * the GPU with which the attempt was admitted. No other is taken, because the others may be shut (capacity.ts).
 */
export function chooseGpu(
  ports: StoryPorts,
  name: string,
  spec: JobSpec,
  admitted: AttemptRow['gpu'],
): Choice {
  const placement = ports.placements.find((candidate) => candidate.name === name);
  if (placement === undefined) return { kind: 'refuses', why: 'is not configured any more' };
  const backend = ports.factsOf(name);
  const known = { now: ports.clock.now(), usages: ports.quotas?.of(name)?.usages };
  if (admitted === undefined || spec.gpu === undefined) return choose(spec, placement, backend, known);
  const wish = { ...spec, gpu: { ...spec.gpu, sku: admitted.sku } };
  return choose(wish, { ...placement, accepts: undefined }, backend, known);
}
