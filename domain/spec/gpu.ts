// GPUs that are asked for and given.
import { z } from 'zod';

import { isSameName } from '../parse/any-case';

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
