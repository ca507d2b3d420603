// The types of workload profiles: their CPU, memory and GPUs, and where the dedicated ones are offered.

export interface ProfileType {
  readonly name: string;
  readonly displayName: string;
  readonly category: string;
  readonly cores: number;
  readonly memoryGiB: number;
  readonly gpus?: number;
  /** Serverless: no counts of nodes, billed by the second of an execution. */
  readonly isConsumption: boolean;
}

function dedicated(name: string, category: string, cores: number, memoryGiB: number): ProfileType {
  return { name, displayName: `Dedicated-${name}`, category, cores, memoryGiB, isConsumption: false };
}

/** In the order of the recorded list (docs/facts/container-apps.md#profile-types). */
const EVERYWHERE: readonly ProfileType[] = [
  ...[4, 8, 16, 32].map((cores) => dedicated(`D${cores}`, 'GeneralPurpose', cores, cores * 4)),
  ...[4, 8, 16, 32].map((cores) => dedicated(`E${cores}`, 'MemoryOptimized', cores, cores * 8)),
  {
    name: 'Consumption',
    displayName: 'Consumption',
    category: 'Consumption',
    cores: 4,
    memoryGiB: 8,
    isConsumption: true,
  },
];

/** Recorded in North Europe; documented of West US 3 too. */
const DEDICATED_GPUS: readonly ProfileType[] = [1, 2, 4].map((gpus) => ({
  ...dedicated(`NC${gpus * 24}-A100`, 'GPU-NC-A100', gpus * 24, gpus * 220),
  gpus,
}));

/**
 * Serverless GPUs, which no recorded list of types shows. Sizes are documented; one GPU a replica, never shared
 * (docs/facts/container-apps.md#gpu-sizes).
 */
const SERVERLESS_GPUS: readonly ProfileType[] = [
  {
    name: 'Consumption-GPU-NC8as-T4',
    displayName: 'Consumption-GPU-NC8as-T4',
    category: 'GPU-NC8as-T4',
    cores: 8,
    memoryGiB: 56,
    gpus: 1,
    isConsumption: true,
  },
  {
    name: 'Consumption-GPU-NC24-A100',
    displayName: 'Consumption-GPU-NC24-A100',
    category: 'GPU-NC24-A100',
    cores: 24,
    memoryGiB: 220,
    gpus: 1,
    isConsumption: true,
  },
];

const DEDICATED_GPU_REGIONS: readonly string[] = ['northeurope', 'westus3'];

/** What `availableManagedEnvironmentsWorkloadProfileTypes` lists for a region. */
export function listedTypes(region: string, withServerlessGpus: boolean): readonly ProfileType[] {
  return [
    ...EVERYWHERE,
    ...(DEDICATED_GPU_REGIONS.includes(region) ? DEDICATED_GPUS : []),
    ...(withServerlessGpus ? SERVERLESS_GPUS : []),
  ];
}

/** A type by its name in any case (recorded: it comes back in the service's own spelling). */
export function profileType(name: string): ProfileType | undefined {
  return [...EVERYWHERE, ...DEDICATED_GPUS, ...SERVERLESS_GPUS].find(
    (type) => type.name.toLowerCase() === name.toLowerCase(),
  );
}
