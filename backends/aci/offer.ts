// What a placement on Container Instances makes of a wish: sizes, retirements, and what the group would count against.
// Pure.
import type { Offer } from '../../domain/backend/offer';
import type { ChosenGpu } from '../../domain/spec/gpu';
import { resourcesOf } from '../../domain/spec/resources';
import type { Wish } from '../../domain/spec/wish';
import { countsOf } from './counts';
import { GPU_COUNTS, LEAST, limitOf, retirementOf, shareOf } from './gpu-sizes';
import { MOST_VOLUMES, volumesOf } from './group-volumes';
import type { AciPlacement } from './placement';

export function aciOffer(
  wish: Wish,
  gpu: ChosenGpu | undefined,
  placement: Pick<AciPlacement, 'gpus' | 'offersRetiredGpus' | 'outputs'>,
  now: number | undefined,
): Offer {
  const resources = resourcesOf(wish, gpu, placement, shareOf(gpu));
  const { cpu, memoryGb } = resources;
  if (cpu < LEAST.cpu || memoryGb < LEAST.memoryGb)
    return refuses(
      `gives at least ${LEAST.cpu} CPU core and ${LEAST.memoryGb} GB of memory, the job asks for ${cpu} and ${memoryGb}`,
    );
  const volumes = volumesOf(wish, placement);
  if (volumes > MOST_VOLUMES)
    return refuses(
      `mounts at most ${MOST_VOLUMES} volumes and folders of scratch, the job asks for ${volumes}`,
    );
  if (gpu !== undefined && !GPU_COUNTS.includes(gpu.count))
    return refuses(
      `can't give ${gpu.count} × ${gpu.sku}: a container group has 1, 2 or 4 GPUs, whatever the placement's "counts" say`,
    );
  const retired =
    gpu === undefined || now === undefined || placement.offersRetiredGpus === true
      ? undefined
      : retirementOf(gpu.sku, now);
  if (gpu !== undefined && retired !== undefined)
    return refuses(
      `can't give ${gpu.sku}: Azure retired it from Container Instances on ${retired} (a placement that still has it says so with "offersRetiredGpus": true)`,
    );
  const limit = limitOf(gpu);
  if (limit !== undefined && cpu > limit.cpu)
    return refuses(`holds at most ${limit.cpu} CPU cores${withGpu(gpu)}, the job asks for ${cpu}`);
  if (limit !== undefined && memoryGb > limit.memoryGb)
    return refuses(
      `holds at most ${limit.memoryGb} GB of memory${withGpu(gpu)}, the job asks for ${memoryGb}`,
    );
  return { kind: 'gives', gpu, resources, counts: countsOf({ cpu, gpu }) };
}

function withGpu(gpu: ChosenGpu | undefined): string {
  return gpu === undefined ? '' : ` with ${gpu.count} × ${gpu.sku}`;
}

function refuses(why: string): Offer {
  return { kind: 'refuses', why };
}
