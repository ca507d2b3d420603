// What a container group may hold with a GPU or without, and until when Container Instances had each.
import { underName } from '../../domain/parse/any-case';
import type { ChosenGpu } from '../../domain/spec/gpu';
import { times } from '../../domain/spec/resources';

export interface ResourceLimit {
  readonly cpu: number;
  readonly memoryGb: number;
}

/** A group needs at least this much (docs/facts/container-instances.md#sizes). */
export const LEAST: ResourceLimit = { cpu: 1, memoryGb: 1 };

/** As many GPUs a group may have, whatever their SKU (docs/facts/container-instances.md#gpu-sizes). */
export const GPU_COUNTS: readonly number[] = [1, 2, 4];

/**
 * Most CPU cores and GB of memory a group may ask for, by SKU and count (docs/facts/container-instances.md#gpu-sizes).
 */
const LIMITS: Readonly<Record<string, Readonly<Record<number, ResourceLimit>>>> = {
  K80: { 1: { cpu: 6, memoryGb: 56 }, 2: { cpu: 12, memoryGb: 112 }, 4: { cpu: 24, memoryGb: 224 } },
  P100: { 1: { cpu: 6, memoryGb: 112 }, 2: { cpu: 12, memoryGb: 224 }, 4: { cpu: 24, memoryGb: 448 } },
  V100: { 1: { cpu: 6, memoryGb: 112 }, 2: { cpu: 12, memoryGb: 224 }, 4: { cpu: 24, memoryGb: 448 } },
};

/** Most a group without a GPU may ask for (docs/facts/container-instances.md#sizes). */
const LIMIT_WITHOUT_GPU: ResourceLimit = { cpu: 31, memoryGb: 240 };

/** The most a group may hold; undefined for a SKU that was never offered: there the service decides. */
export function limitOf(gpu: ChosenGpu | undefined): ResourceLimit | undefined {
  return gpu === undefined ? LIMIT_WITHOUT_GPU : underName(LIMITS, gpu.sku)?.[gpu.count];
}

/**
 * What a job that names no resources is given with its GPUs: half of the most, because Azure bills cores and memory
 * beside the GPU (decision 0021). Undefined for a SKU that was never offered.
 */
export function shareOf(gpu: ChosenGpu | undefined): ResourceLimit | undefined {
  const most = gpu && limitOf(gpu);
  return most && times(most, 0.5);
}

/** The last day of each SKU, ISO dates (docs/facts/container-instances.md#gpu-retirement). */
const RETIREMENTS: Readonly<Record<string, string>> = { K80: '2023-08-31', P100: '2023-08-31' };
/** The last day of every GPU, V100 among them (docs/facts/container-instances.md#gpu-retirement). */
const GPUS_RETIRED = '2025-07-14';

const DAY_MS = 24 * 60 * 60_000;

/**
 * The ISO date on which the SKU was retired, if that day is over (UTC) at `now`, epoch milliseconds; else undefined.
 */
export function retirementOf(sku: string, now: number): string | undefined {
  const lastDay = underName(RETIREMENTS, sku) ?? GPUS_RETIRED;
  return now >= Date.parse(lastDay) + DAY_MS ? lastDay : undefined;
}
