// What a placement on Container Apps makes of a wish, and what the job would count against. Pure.
import type { Count, Offer } from '../../domain/backend/offer';
import { isSameName } from '../../domain/parse/any-case';
import type { ChosenGpu } from '../../domain/spec/gpu';
import { type Resources, resourcesOf } from '../../domain/spec/resources';
import type { Wish } from '../../domain/spec/wish';
import { writableMount } from './job-volumes';
import type { ContainerAppsPlacement } from './placement';
import { gpuSize, inSteps, shareOf, type Size, smallestPair } from './sizes';

type Profiles = Pick<ContainerAppsPlacement, 'profile' | 'gpus'>;
type Offered = Profiles & Pick<ContainerAppsPlacement, 'environment' | 'sharedEnvironment' | 'volumes'>;

/** The profile that comes with each environment: the steps of CPU and memory are those of this one. */
const CONSUMPTION = 'Consumption';

export function containerAppsOffer(wish: Wish, gpu: ChosenGpu | undefined, placement: Offered): Offer {
  const writable = writableMount(wish, placement);
  if (writable !== undefined) return refuses(writable);
  const resources = resourcesOf(wish, gpu, placement, shareOf(gpu));
  const { cpu, memoryGb } = resources;
  if (gpu !== undefined && gpu.count !== 1)
    return refuses(
      `can't give ${gpu.count} × ${gpu.sku}: a replica of Container Apps has one GPU, whatever the placement's "counts" say`,
    );
  const size = sizeOf(resources, gpu, placement);
  if (size === undefined)
    return refuses(
      `holds at most 4 CPU cores and 8 GiB of memory without a GPU, 2 GiB a core; the job asks for ${cpu} and ${memoryGb} GB`,
    );
  const most = gpu && gpuSize(gpu.sku);
  if (gpu !== undefined && most !== undefined && (size.cpu > most.cpu || size.memoryGi > most.memoryGi))
    return refuses(
      `holds at most ${most.cpu} CPU cores and ${most.memoryGi} GiB of memory with a ${gpu.sku}, the job asks for ${cpu} and ${memoryGb} GB`,
    );
  return { kind: 'gives', gpu, resources, counts: countsOf(size, gpu, placement) };
}

/** What the job asks for, in the steps that the platform has; undefined where it has none so large. */
export function sizeOf(
  asked: Resources,
  gpu: ChosenGpu | undefined,
  { profile }: Pick<Profiles, 'profile'>,
): Size | undefined {
  return gpu === undefined && isSameName(profile, CONSUMPTION) ? smallestPair(asked) : inSteps(asked);
}

/**
 * By the names that usages have, of the environment and of the region; each placement reports those that it has
 * (docs/facts/container-apps.md#usages).
 */
function countsOf({ cpu }: Size, gpu: ChosenGpu | undefined, placement: Offered): Count[] {
  if (gpu === undefined) return [{ quota: 'ManagedEnvironmentConsumptionCores', amount: cpu, of: 'cores' }];
  const counter = isSameName(gpu.sku, 'A100') ? 'NCA100' : gpu.sku;
  return [
    { quota: `ManagedEnvironmentConsumption${counter}Gpus`, amount: 1, of: 'gpus', ...oursIn(placement) },
    { quota: `SubscriptionConsumption${counter}Gpus`, amount: 1, of: 'gpus' },
  ];
}

/**
 * A replica is there some 2 min after its end, and how much later the usage follows is not known: ten minutes
 * (docs/facts/container-apps.md#observed-times).
 */
const LAG_S = 600;

function oursIn({ environment, sharedEnvironment }: Offered): Pick<Count, 'ours'> {
  if (sharedEnvironment === true) return {};
  const name = environment.split('/').at(-1) ?? environment;
  const todo = `Look at what runs in environment ${name} besides (docs/container-apps.md#what-no-list-shows). If others use it too, say so in each of its placements: "sharedEnvironment": true.`;
  return { ours: { lagS: LAG_S, todo } };
}

function refuses(why: string): Offer {
  return { kind: 'refuses', why };
}
