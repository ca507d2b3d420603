// What an hour costs at a placement, and which of its prices an attempt is charged by.
import { z } from 'zod';

import { underName } from '../parse/any-case';

/**
 * A placement's `prices`, dollars an hour: of one GPU under its SKU's name, of one core under `cpu`, of one GB of
 * memory under `memoryGb`.
 */
export const pricesSchema = z.record(z.string(), z.number().nonnegative());
export type Prices = z.infer<typeof pricesSchema>;

/** One price, and how much of that thing the attempt had. */
export const priceSchema = z
  .object({
    of: z.string().meta({ description: "a GPU's SKU, cpu (one core) or memoryGb (one GB)" }),
    perHour: z.number().nonnegative().meta({ description: 'of one of them' }),
    quantity: z.number().nonnegative(),
  })
  .meta({ id: 'Price' });
export type Price = z.infer<typeof priceSchema>;

/** What an attempt has of the things that have prices. */
export interface Priced {
  readonly gpu: { readonly count: number; readonly sku?: string | undefined } | undefined;
  readonly cpu: number;
  readonly memoryGb: number;
}

/**
 * The prices of what the attempt has; undefined where its cost is unknown: no price at all, or none for its GPU.
 * Beside a GPU, cores and memory without a price cost nothing extra.
 */
export function pricesOf({ gpu, cpu, memoryGb }: Priced, prices: Prices = {}): readonly Price[] | undefined {
  const others = [...one('cpu', prices['cpu'], cpu), ...one('memoryGb', prices['memoryGb'], memoryGb)];
  if (gpu === undefined) return others.length === 0 ? undefined : others;
  const ofGpu = gpu.sku === undefined ? [] : one(gpu.sku, underName(prices, gpu.sku), gpu.count);
  return ofGpu.length === 0 ? undefined : [...ofGpu, ...others];
}

function one(of: string, perHour: number | undefined, quantity: number): Price[] {
  return perHour === undefined ? [] : [{ of, perHour, quantity }];
}
