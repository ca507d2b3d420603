// What a job that names no resources is given of a node, by how many of its GPUs it has. Pure.
import { z } from 'zod';

import type { ChosenGpu } from '../../domain/spec/gpu';
import { type Resources, resourcesSchema } from '../../domain/spec/resources';
import { GPU_RESOURCE, sliceOf } from '../../manifests/gpu-resource';

/** A machine: all that it has, before its system takes a part. */
interface Machine extends Resources {
  /** How many of the resource that jobs ask for: GPUs, or slices of them. */
  readonly gpus: number;
}

/** Sizes of Azure's with GPUs of NVIDIA's (docs/facts/aks.md#gpu-machines). */
const AZURE_SIZES = {
  Standard_NC4as_T4_v3: { cpu: 4, memoryGb: 28, gpus: 1 },
  Standard_NC8as_T4_v3: { cpu: 8, memoryGb: 56, gpus: 1 },
  Standard_NC16as_T4_v3: { cpu: 16, memoryGb: 110, gpus: 1 },
  Standard_NC64as_T4_v3: { cpu: 64, memoryGb: 440, gpus: 4 },
  Standard_NC24ads_A100_v4: { cpu: 24, memoryGb: 220, gpus: 1 },
  Standard_NC48ads_A100_v4: { cpu: 48, memoryGb: 440, gpus: 2 },
  Standard_NC96ads_A100_v4: { cpu: 96, memoryGb: 880, gpus: 4 },
  Standard_NC40ads_H100_v5: { cpu: 40, memoryGb: 320, gpus: 1 },
  Standard_NC80adis_H100_v5: { cpu: 80, memoryGb: 640, gpus: 2 },
  Standard_ND96asr_v4: { cpu: 96, memoryGb: 900, gpus: 8 },
  Standard_ND96amsr_A100_v4: { cpu: 96, memoryGb: 1900, gpus: 8 },
  Standard_ND96isr_H100_v5: { cpu: 96, memoryGb: 1900, gpus: 8 },
  Standard_ND96isr_H200_v5: { cpu: 96, memoryGb: 1850, gpus: 8 },
} as const satisfies Readonly<Record<string, Machine>>;

const sizeName = z.enum(Object.keys(AZURE_SIZES) as (keyof typeof AZURE_SIZES)[]);

/** The machines with a GPU: a size of Azure's by its name, or what each of them has. */
export const nodeSchema = z.union(
  [sizeName, z.strictObject({ ...resourcesSchema.shape, gpus: z.number().int().positive() })],
  {
    error: `must be { "cpu", "memoryGb", "gpus" } of one whole node, or one of ${Object.keys(AZURE_SIZES).join(', ')}`,
  },
);
export type GpuNode = z.infer<typeof nodeSchema>;

/**
 * Kept back of each node for its system and what runs on every node: this, and a twentieth of the rest. It is more than
 * AKS reserves on any of the sizes above, by both of its rules (docs/facts/aks.md#node-reservations).
 */
const RESERVE: Resources = { cpu: 1, memoryGb: 5 };
const USABLE = 0.95;
/** A share is a whole number of these. */
const STEP: Resources = { cpu: 0.25, memoryGb: 0.1 };

/** Of the processors of one GPU; so many sevenths are a slice (docs/facts/kubernetes.md#named-gpu-resources). */
const SEVENTHS = 7;

/**
 * The job's share of what a node leaves to pods; undefined where too little is left to share. The sizes count whole
 * GPUs: of one of those a slice brings so many sevenths. A machine counts what its pods ask for.
 */
export function nodeShare(
  node: GpuNode,
  { count }: Pick<ChosenGpu, 'count'>,
  resource: string = GPU_RESOURCE,
): Resources | undefined {
  const machine: Machine = typeof node === 'string' ? AZURE_SIZES[node] : node;
  const ofOne = typeof node === 'string' ? (sliceOf(resource) ?? SEVENTHS) / SEVENTHS : 1;
  const part = Math.min((count * ofOne) / machine.gpus, 1) * USABLE;
  const cpu = downTo(STEP.cpu, (machine.cpu - RESERVE.cpu) * part);
  const memoryGb = downTo(STEP.memoryGb, (machine.memoryGb - RESERVE.memoryGb) * part);
  return cpu > 0 && memoryGb > 0 ? { cpu, memoryGb } : undefined;
}

function downTo(step: number, value: number): number {
  const steps = Math.floor(value / step + 1e-9);
  return Math.round(steps * step * 100) / 100;
}
