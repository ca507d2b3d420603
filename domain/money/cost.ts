// What an attempt has cost so far, by the prices of its placement: an estimate, never a bill.
import { z } from 'zod';

import type { AttemptRow } from '../attempt/attempt';
import type { JobRow } from '../job/job';
import { underName } from '../parse/any-case';
import type { Placement } from '../placement/placement';

export const costSchema = z
  .object({
    currency: z.string(),
    amount: z.number().nonnegative(),
    /** From configured prices and the times that reads showed; the bill is Azure's. */
    estimated: z.literal(true),
  })
  .meta({ id: 'Cost' });
export type Cost = z.infer<typeof costSchema>;

export interface Pricing {
  readonly placements: readonly Placement[];
  /** Epoch milliseconds. */
  readonly now: number;
}

/** What prices are in (domain/placement/placement.ts). */
const CURRENCY = 'USD';
const HOUR_MS = 3_600_000;
/** A second of one CPU core costs about 0.00001 dollars. */
const DIGITS = 6;

/**
 * The attempt's `cost`, or nothing where the placement has no price for it. Prices are dollars an hour: of one GPU under its SKU's name, of one
 * core under `cpu`, of one GB under `memoryGb`. A GPU without a price makes the cost unknown; cores and memory without one cost nothing extra.
 */
export function attemptCost(attempt: AttemptRow, job: JobRow, pricing: Pricing): { cost?: Cost } {
  const perHour = dollarsPerHour(attempt, job, pricing.placements);
  if (perHour === undefined) return {};
  return { cost: cost((perHour * billedMs(attempt, pricing.now)) / HOUR_MS) };
}

/** The sum as `cost`; nothing when there is no attempt, or one whose cost is unknown. */
export function totalCost(costs: readonly (Cost | undefined)[]): { cost?: Cost } {
  const known = costs.filter((one) => one !== undefined);
  if (known.length === 0 || known.length < costs.length) return {};
  return { cost: cost(known.reduce((sum, { amount }) => sum + amount, 0)) };
}

/**
 * Azure bills a group from the first image pull on, not its provisioning, until it stops
 * (docs/facts/container-instances.md#billed-time). We count from the first read that showed a pull, or the program
 * where the pull was too quick to be seen, until the group is gone: a stop that hangs may go on being billed.
 */
export function billedMs(attempt: AttemptRow, now: number): number {
  const { phases, startedAt } = attempt;
  const starts = [phases.pulling, phases.running, startedAt].filter((instant) => instant !== undefined);
  if (starts.length === 0) return 0;
  const end = attempt.cleanup === 'gone' ? (attempt.goneAt ?? attempt.removalRequestedAt ?? now) : now;
  return Math.max(0, end - Math.min(...starts));
}

function dollarsPerHour(
  attempt: AttemptRow,
  { plan }: JobRow,
  placements: readonly Placement[],
): number | undefined {
  const prices = placements.find(({ name }) => name === attempt.placement)?.prices;
  if (prices === undefined || plan === undefined) return undefined;
  const gpu = attempt.gpu ?? plan.gpu;
  const ofGpu = gpu === undefined ? 0 : gpu.sku === undefined ? undefined : underName(prices, gpu.sku);
  if (gpu === undefined && prices['cpu'] === undefined && prices['memoryGb'] === undefined) return undefined;
  if (ofGpu === undefined) return undefined;
  const { cpu, memoryGb } = plan.resources;
  return ofGpu * (gpu?.count ?? 0) + (prices['cpu'] ?? 0) * cpu + (prices['memoryGb'] ?? 0) * memoryGb;
}

function cost(amount: number): Cost {
  return { currency: CURRENCY, amount: Number(amount.toFixed(DIGITS)), estimated: true };
}
