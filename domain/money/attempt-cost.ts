// What an attempt costs: reckoned anew while its workload may be there, kept on its row once that is gone.
import type { AttemptRow } from '../attempt/attempt';
import type { JobPlan } from '../job/job';
import { ORDINARY } from '../spec/resources';
import { billedMs, type Bills } from './billed';
import { type AttemptCost, costOf, type FinalCost } from './cost';
import { type Prices, pricesOf } from './price';

/** How a placement bills, and by which prices its costs are estimated. */
export interface Billing {
  readonly bills: Bills;
  /** Undefined: none are configured, and the cost is unknown. */
  readonly prices: Prices | undefined;
}

/** To tell what attempts cost so far. */
export interface Pricing {
  /** Of a placement, by its name. */
  readonly billingOf: (placement: string) => Billing;
  /** Epoch milliseconds. */
  readonly now: number;
}

/**
 * What the attempt has cost by `now`, epoch milliseconds; undefined: unknown, for want of a price. A row that was gone
 * and is not any more keeps the prices that it had.
 */
export function reckonedCost(
  row: AttemptRow,
  plan: Pick<JobPlan, 'gpu' | 'resources'>,
  { bills, prices }: Billing,
  now: number,
): FinalCost | undefined {
  const resources = row.resources ?? plan.resources ?? ORDINARY;
  const used = row.cost?.prices ?? pricesOf({ gpu: row.gpu ?? plan.gpu, ...resources }, prices);
  return used === undefined ? undefined : costOf(billedMs(row, bills, now), used);
}

/** The cost to show; undefined: unknown. Without `pricing`, only what the row itself says. */
export function shownCost(
  row: AttemptRow,
  plan: JobPlan | undefined,
  pricing: Pricing | undefined,
): AttemptCost | undefined {
  if (row.cleanup === 'gone') return row.cost === undefined ? undefined : shown(row.cost, {});
  if (pricing === undefined || plan === undefined) return undefined;
  const cost = reckonedCost(row, plan, pricing.billingOf(row.placement), pricing.now);
  return cost === undefined ? undefined : shown(cost, { soFar: true });
}

/** Nothing showed a pull or a program before it was gone: it cost nothing, whatever the prices. */
export function wasFree({ cleanup, phases, startedAt }: AttemptRow): boolean {
  const signs = [phases.pulling, phases.running, startedAt];
  return cleanup === 'gone' && signs.every((instant) => instant === undefined);
}

function shown(
  { currency, amount, billedMs: ms, prices }: FinalCost,
  soFar: { readonly soFar?: true },
): AttemptCost {
  return { currency, amount, estimated: true, ...soFar, billedSeconds: ms / 1000, prices };
}
