// GPUs that are asked for and given; of Azure Container Instances' SKUs what a group with them may hold, and until when there were any.
import { z } from 'zod';

import { isSameName, underName } from '../parse/any-case';

const COUNT = { error: 'must be a positive whole number' };
/** How many GPUs: any positive number; a placement says which it has. */
export const gpuCountSchema = z.number(COUNT).int(COUNT).positive(COUNT);

export interface GpuRequest {
  readonly count: number;
  /** Omitted: whatever the placement offers. */
  readonly sku?: string | undefined;
}

/** A GPU request whose SKU is settled. */
export interface ChosenGpu {
  readonly count: number;
  readonly sku: string;
}

/** What an attempt's row says of its GPU: the one it gets, and for which it stands in. */
export function gpuFact(
  gpu: ChosenGpu | undefined,
  asked: { readonly sku?: string | undefined } | undefined,
): { gpu?: { count: number; sku: string; insteadOf?: string } } {
  if (gpu === undefined) return {};
  const standsIn = asked?.sku !== undefined && !isSameName(asked.sku, gpu.sku);
  return { gpu: { ...gpu, ...(standsIn ? { insteadOf: asked.sku } : {}) } };
}

export interface ResourceLimit {
  readonly cpu: number;
  readonly memoryGb: number;
}

/**
 * Most CPU cores and GB of memory a group may ask for, by SKU and count (docs/facts/container-instances.md#gpu-sizes).
 */
const ACI_LIMITS: Readonly<Record<string, Readonly<Record<number, ResourceLimit>>>> = {
  K80: { 1: { cpu: 6, memoryGb: 56 }, 2: { cpu: 12, memoryGb: 112 }, 4: { cpu: 24, memoryGb: 224 } },
  P100: { 1: { cpu: 6, memoryGb: 112 }, 2: { cpu: 12, memoryGb: 224 }, 4: { cpu: 24, memoryGb: 448 } },
  V100: { 1: { cpu: 6, memoryGb: 112 }, 2: { cpu: 12, memoryGb: 224 }, 4: { cpu: 24, memoryGb: 448 } },
};

/** Most a group without a GPU may ask for (docs/facts/container-instances.md#sizes). */
const ACI_LIMIT_WITHOUT_GPU: ResourceLimit = { cpu: 31, memoryGb: 240 };

/** What ACI lets a group hold; undefined for a SKU or a count that ACI never offered. */
export function aciLimit(gpu: ChosenGpu | undefined): ResourceLimit | undefined {
  return gpu === undefined ? ACI_LIMIT_WITHOUT_GPU : underName(ACI_LIMITS, gpu.sku)?.[gpu.count];
}

/** The last day of each SKU on ACI, ISO dates (docs/facts/container-instances.md#gpu-retirement). */
const ACI_RETIREMENTS: Readonly<Record<string, string>> = { K80: '2023-08-31', P100: '2023-08-31' };
/** The last day of every GPU on ACI, V100 among them (docs/facts/container-instances.md#gpu-retirement). */
const ACI_GPUS_RETIRED = '2025-07-14';

const DAY_MS = 24 * 60 * 60_000;

/** The ISO date on which ACI retired the SKU, if that day is over (UTC) at `now`, epoch milliseconds; else undefined. */
export function aciRetirement(sku: string, now: number): string | undefined {
  const lastDay = underName(ACI_RETIREMENTS, sku) ?? ACI_GPUS_RETIRED;
  return now >= Date.parse(lastDay) + DAY_MS ? lastDay : undefined;
}
