// Which GPU a create asks for, settled once, right before the intent.
import { isSameName } from '../domain/any-case';
import type { AttemptRow } from '../domain/attempt';
import type { ChosenGpu } from '../domain/gpu';
import type { JobSpec } from '../domain/job-spec';
import { type Choice, choose } from '../domain/preflight';
import type { Ports } from '../jobs/ports';

/** By the placement's offer as it is now; one that is no longer configured holds nothing. */
export function chooseGpu(
  ports: Pick<Ports, 'clock' | 'placements' | 'quotas'>,
  name: string,
  spec: JobSpec,
): Choice {
  const placement = ports.placements.find((candidate) => candidate.name === name);
  if (placement === undefined) return { kind: 'refuses', why: 'is not configured any more' };
  return choose(spec, placement, { now: ports.clock.now(), usages: ports.quotas?.of(name)?.usages });
}

/** Which GPU the attempt really gets, and for which it stands in. */
export function gpuFact(gpu: ChosenGpu | undefined, { gpu: asked }: JobSpec): Pick<AttemptRow, 'gpu'> {
  if (gpu === undefined) return {};
  const standsIn = asked?.sku !== undefined && !isSameName(asked.sku, gpu.sku);
  return { gpu: { ...gpu, ...(standsIn ? { insteadOf: asked.sku } : {}) } };
}
