// GPU SKUs of Azure Container Instances: what a group that asks for them may hold, and until when there were any.

/** Counts of GPUs that a container group may ask for (azure-container-instances.md C). */
export const GPU_COUNTS = [1, 2, 4] as const;
export type GpuCount = (typeof GPU_COUNTS)[number];

export interface GpuRequest {
  readonly count: GpuCount;
  /** Omitted: whatever the placement offers. */
  readonly sku?: string | undefined;
}

/** A GPU request whose SKU is settled. */
export interface ChosenGpu {
  readonly count: GpuCount;
  readonly sku: string;
}

export interface ResourceLimit {
  readonly cpu: number;
  readonly memoryGb: number;
}

/** Most CPU cores and GB of memory a group may ask for, by SKU and count (azure-container-instances.md C, 06/14/2022). */
const ACI_LIMITS: Readonly<Record<string, Readonly<Record<GpuCount, ResourceLimit>>>> = {
  K80: { 1: { cpu: 6, memoryGb: 56 }, 2: { cpu: 12, memoryGb: 112 }, 4: { cpu: 24, memoryGb: 224 } },
  P100: { 1: { cpu: 6, memoryGb: 112 }, 2: { cpu: 12, memoryGb: 224 }, 4: { cpu: 24, memoryGb: 448 } },
  V100: { 1: { cpu: 6, memoryGb: 112 }, 2: { cpu: 12, memoryGb: 224 }, 4: { cpu: 24, memoryGb: 448 } },
};

/** Most a group without a GPU may ask for (azure-container-instances.md E: 31 CPU, 240 GB). */
const ACI_LIMIT_WITHOUT_GPU: ResourceLimit = { cpu: 31, memoryGb: 240 };

/** What ACI lets a group hold; undefined for a SKU that ACI never offered. */
export function aciLimit(gpu: { count: GpuCount; sku: string } | undefined): ResourceLimit | undefined {
  return gpu === undefined ? ACI_LIMIT_WITHOUT_GPU : ACI_LIMITS[gpu.sku]?.[gpu.count];
}

/** The last day of each SKU on ACI, ISO dates (azure-container-instances.md C). */
const ACI_RETIREMENTS: Readonly<Record<string, string>> = { K80: '2023-08-31', P100: '2023-08-31' };
/** The last day of every GPU on ACI, V100 among them (azure-container-instances.md 0.1). */
const ACI_GPUS_RETIRED = '2025-07-14';

const DAY_MS = 24 * 60 * 60_000;

/** The ISO date on which ACI retired the SKU, if that day is over (UTC) at `now`, epoch milliseconds; else undefined. */
export function aciRetirement(sku: string, now: number): string | undefined {
  const lastDay = ACI_RETIREMENTS[sku] ?? ACI_GPUS_RETIRED;
  return now >= Date.parse(lastDay) + DAY_MS ? lastDay : undefined;
}
