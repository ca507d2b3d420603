// What a placement on Container Apps makes of a wish, and what the job would count against. Pure.
import type { Count, Offer } from '../../domain/backend/offer';
import { isSameName } from '../../domain/parse/any-case';
import type { ChosenGpu } from '../../domain/spec/gpu';
import { resourcesOf } from '../../domain/spec/job-spec';
import type { Wish } from '../../domain/spec/wish';
import type { ContainerAppsPlacement } from './placement';
import { gpuSize, inSteps, type Size, smallestPair } from './sizes';

type Profiles = Pick<ContainerAppsPlacement, 'profile'>;

/** The profile that comes with each environment: the steps of CPU and memory are those of this one. */
const CONSUMPTION = 'Consumption';

export function containerAppsOffer(wish: Wish, gpu: ChosenGpu | undefined, placement: Profiles): Offer {
  const { cpu, memoryGb } = resourcesOf(wish);
  if (gpu !== undefined && gpu.count !== 1)
    return refuses(
      `can't give ${gpu.count} × ${gpu.sku}: a replica of Container Apps has one GPU, whatever the placement's "counts" say`,
    );
  const size = sizeOf(wish, gpu, placement);
  if (size === undefined)
    return refuses(
      `holds at most 4 CPU cores and 8 GiB of memory without a GPU, 2 GiB a core; the job asks for ${cpu} and ${memoryGb} GB`,
    );
  const most = gpu && gpuSize(gpu.sku);
  if (gpu !== undefined && most !== undefined && (size.cpu > most.cpu || size.memoryGi > most.memoryGi))
    return refuses(
      `holds at most ${most.cpu} CPU cores and ${most.memoryGi} GiB of memory with a ${gpu.sku}, the job asks for ${cpu} and ${memoryGb} GB`,
    );
  return { kind: 'gives', gpu, counts: countsOf(size, gpu) };
}

/** What the job asks for, in the steps that the platform has; undefined where it has none so large. */
export function sizeOf(wish: Wish, gpu: ChosenGpu | undefined, { profile }: Profiles): Size | undefined {
  const asked = resourcesOf(wish);
  return gpu === undefined && isSameName(profile, CONSUMPTION) ? smallestPair(asked) : inSteps(asked);
}

/**
 * By the names that usages have, of the environment and of the region; each placement reports those that it has
 * (docs/facts/container-apps.md#usages).
 */
function countsOf({ cpu }: Size, gpu: ChosenGpu | undefined): Count[] {
  if (gpu === undefined) return [{ quota: 'ManagedEnvironmentConsumptionCores', amount: cpu, of: 'cores' }];
  const counter = isSameName(gpu.sku, 'A100') ? 'NCA100' : gpu.sku;
  return [`ManagedEnvironmentConsumption${counter}Gpus`, `SubscriptionConsumption${counter}Gpus`].map(
    (quota): Count => ({ quota, amount: 1, of: 'gpus' }),
  );
}

function refuses(why: string): Offer {
  return { kind: 'refuses', why };
}
