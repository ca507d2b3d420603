// Money that was spent: an estimate by configured prices, never a bill.
import { z } from 'zod';

import { type Price, priceSchema } from './price';

const amountSchema = {
  currency: z.string(),
  amount: z.number().nonnegative(),
};

export const costSchema = z
  .object({
    ...amountSchema,
    /** By configured prices and the times that reads showed; the bill is the platform's. */
    estimated: z.literal(true),
    soFar: z.literal(true).optional().meta({ description: 'it may still grow; absent: final' }),
  })
  .meta({ id: 'Cost' });
export type Cost = z.infer<typeof costSchema>;

const pricesSchema = z.array(priceSchema).meta({ description: 'the prices it was reckoned by' });

export const attemptCostSchema = z
  .object({
    ...costSchema.shape,
    billedSeconds: z.number().nonnegative(),
    prices: pricesSchema,
  })
  .meta({ id: 'AttemptCost' });
export type AttemptCost = z.infer<typeof attemptCostSchema>;

/** What the row of an attempt that is gone says of its cost. It is never reckoned anew. */
export const finalCostSchema = z.object({
  ...amountSchema,
  billedMs: z.number().int().nonnegative(),
  prices: z.array(priceSchema),
});
export type FinalCost = z.infer<typeof finalCostSchema>;

/** What prices are in. */
const CURRENCY = 'USD';
const HOUR_MS = 3_600_000;
/** A second of one CPU core costs about 0.00001 dollars. */
const DIGITS = 6;

/** The cost of `billedMs` milliseconds at these prices. */
export function costOf(billedMs: number, prices: readonly Price[]): FinalCost {
  const perHour = prices.reduce((sum, price) => sum + price.perHour * price.quantity, 0);
  return {
    currency: CURRENCY,
    amount: rounded((perHour * billedMs) / HOUR_MS),
    billedMs,
    prices: [...prices],
  };
}

/** The sum of these costs. `soFar`: others may follow. */
export function sumOf(costs: readonly Cost[], soFar: boolean): Cost {
  return {
    currency: CURRENCY,
    amount: rounded(costs.reduce((sum, { amount }) => sum + amount, 0)),
    estimated: true,
    ...(soFar || costs.some((cost) => cost.soFar === true) ? { soFar: true } : {}),
  };
}

function rounded(amount: number): number {
  return Number(amount.toFixed(DIGITS));
}
