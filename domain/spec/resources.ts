// CPU and memory that a job is given: what its spec asks for, else what its place gives with each GPU.
import { z } from 'zod';

import { isSameName } from '../parse/any-case';
import type { ChosenGpu } from './gpu';

/** As people write them. */
export const resourcesSchema = z.strictObject({
  cpu: z.number().min(0.01).max(1000).describe('Cores.'),
  memoryGb: z.number().min(0.1).max(10_000).describe('GB.'),
});

/** As rows keep them. */
export const givenResourcesSchema = z.object({ cpu: z.number(), memoryGb: z.number() });

export interface Resources {
  /** Cores. */
  readonly cpu: number;
  /** GB, of 10⁹ bytes. */
  readonly memoryGb: number;
}

/** What a job without a GPU is given where its spec names nothing. */
export const ORDINARY: Resources = { cpu: 1, memoryGb: 1.5 };

/**
 * With each GPU of a machine that nothing is known of. It fits the smallest machine with a GPU that Azure has, beside
 * what its system keeps for itself (docs/facts/aks.md#gpu-machines).
 */
const WITH_EACH_GPU: Resources = { cpu: 3, memoryGb: 12 };

/** Of a placement: the GPUs that it names, each perhaps with what its jobs are given. */
export interface GivesWithGpus {
  readonly gpus: readonly { readonly sku: string; readonly perGpu?: Resources | undefined }[];
}

/**
 * What the placement gives with this GPU. A spec's own `resources` are never changed. `share`: what the backend knows
 * of the machines with this GPU, for all the GPUs of the job; undefined: nothing.
 */
export function resourcesOf(
  { resources }: { readonly resources?: Resources | undefined },
  gpu: ChosenGpu | undefined,
  { gpus }: GivesWithGpus,
  share?: Resources,
): Resources {
  if (resources !== undefined) return resources;
  if (gpu === undefined) return ORDINARY;
  const perGpu = gpus.find(({ sku }) => isSameName(sku, gpu.sku))?.perGpu;
  if (perGpu !== undefined) return times(perGpu, gpu.count);
  return share ?? times(WITH_EACH_GPU, gpu.count);
}

/** So many times as much, rounded to bytes and to thousandths of a core. */
export function times({ cpu, memoryGb }: Resources, factor: number): Resources {
  return { cpu: Math.round(cpu * factor * 1e3) / 1e3, memoryGb: Math.round(memoryGb * factor * 1e9) / 1e9 };
}
