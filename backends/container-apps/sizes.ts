// What a replica may hold: the sizes of GPU profiles, and the steps of CPU and memory without a GPU.
import { underName } from '../../domain/parse/any-case';
import type { ChosenGpu } from '../../domain/spec/gpu';
import { type Resources, times } from '../../domain/spec/resources';

export interface Size {
  /** Cores. */
  readonly cpu: number;
  readonly memoryGi: number;
}

/** Serverless GPUs: most CPU and memory of a replica, which has one GPU (docs/facts/container-apps.md#gpu-sizes). */
const GPU_SIZES: Readonly<Record<string, Size>> = {
  T4: { cpu: 8, memoryGi: 56 },
  A100: { cpu: 24, memoryGi: 220 },
};

/** CPU comes in steps of a quarter of a core, each with half a GiB (docs/facts/container-apps.md#cpu-and-memory). */
const STEP: Size = { cpu: 0.25, memoryGi: 0.5 };
/** Without a GPU, on the profile that every environment with profiles has. */
const MOST_WITHOUT_GPU: Size = { cpu: 4, memoryGi: 8 };

const BYTES_OF_GB = 1e9;
const BYTES_OF_GI = 1024 ** 3;

/** The most that a replica with this GPU may ask for; undefined for an unknown SKU: there the service decides. */
export function gpuSize(sku: string): Size | undefined {
  return underName(GPU_SIZES, sku);
}

/**
 * What a job that names no resources is given with its GPU: half of the profile, because Azure bills cores and memory
 * beside the GPU (decision 0021). Undefined for an unknown SKU.
 */
export function shareOf(gpu: ChosenGpu | undefined): Resources | undefined {
  const most = gpu && gpuSize(gpu.sku);
  return most && times({ cpu: most.cpu, memoryGb: (most.memoryGi * BYTES_OF_GI) / BYTES_OF_GB }, 0.5);
}

/** What is asked for where the steps are free of each other: each is rounded up to its own step. */
export function inSteps(asked: Resources): Size {
  const memoryGi = (asked.memoryGb * BYTES_OF_GB) / BYTES_OF_GI;
  return { cpu: upTo(STEP.cpu, asked.cpu), memoryGi: upTo(STEP.memoryGi, memoryGi) };
}

/**
 * The least pair of the steps that holds what is asked for, since without a GPU memory follows CPU; undefined where no
 * pair holds it.
 */
export function smallestPair(asked: Resources): Size | undefined {
  const { cpu, memoryGi } = inSteps(asked);
  const steps = Math.max(cpu / STEP.cpu, memoryGi / STEP.memoryGi);
  const pair = { cpu: steps * STEP.cpu, memoryGi: steps * STEP.memoryGi };
  return pair.cpu > MOST_WITHOUT_GPU.cpu ? undefined : pair;
}

function upTo(step: number, value: number): number {
  return Math.max(1, Math.ceil(value / step - 1e-9)) * step;
}
