// Which GPUs the service offered in which region, and how much CPU and memory a group with them may ask for.

export const GPU_SKUS = ['K80', 'P100', 'V100'] as const;
export type GpuSku = (typeof GPU_SKUS)[number];
const GPU_COUNTS = [1, 2, 4] as const;

export interface ResourceLimits {
  readonly maxCpu: number;
  readonly maxMemoryInGB: number;
}

/** SKUs by region (lower-case name without spaces). */
export type GpuOffer = Readonly<Record<string, readonly GpuSku[]>>;

/**
 * docs/facts/container-instances.md#gpu-regions: the lists of 2019-10-17 and 2024-05-20; nothing since 14 July 2025.
 */
export const GPU_OFFERS: Readonly<Record<'2019' | '2024' | 'retired', GpuOffer>> = {
  '2019': {
    eastus: ['K80', 'P100', 'V100'],
    westeurope: ['K80', 'P100', 'V100'],
    westus2: ['K80', 'P100', 'V100'],
    southeastasia: ['P100', 'V100'],
    centralindia: ['V100'],
    northeurope: ['K80'],
  },
  '2024': {
    eastus: ['V100'],
    westeurope: ['V100'],
    westus2: ['V100'],
    southeastasia: ['V100'],
    centralindia: ['V100'],
  },
  retired: {},
};

/** The most that a group without GPU may ask for (docs/facts/container-instances.md#sizes). */
export const CPU_LIMITS: ResourceLimits = { maxCpu: 31, maxMemoryInGB: 240 };

/** What one GPU of a SKU brings along; n GPUs bring n times as much (docs/facts/container-instances.md#gpu-sizes). */
const PER_GPU: Readonly<Record<GpuSku, ResourceLimits>> = {
  K80: { maxCpu: 6, maxMemoryInGB: 56 },
  P100: { maxCpu: 6, maxMemoryInGB: 112 },
  V100: { maxCpu: 6, maxMemoryInGB: 112 },
};

/** The most that a group with `count` GPUs of `sku` may ask for; undefined for a count that doesn't exist. */
export function gpuLimits(sku: GpuSku, count: number): ResourceLimits | undefined {
  if (!GPU_COUNTS.some((known) => known === count)) return undefined;
  const { maxCpu, maxMemoryInGB } = PER_GPU[sku];
  return { maxCpu: maxCpu * count, maxMemoryInGB: maxMemoryInGB * count };
}

/** `East US` and `eastus` are one region. */
export function normalRegion(location: string): string {
  return location.replaceAll(' ', '').toLowerCase();
}
