// How a placement bills and by which prices, as it is configured now.
import type { Billing, Pricing } from '../../domain/money/attempt-cost';
import type { Ports } from '../ports';

export type BillingPorts = Pick<Ports, 'placements'>;

/**
 * From the first pull until the group is gone (docs/facts/container-instances.md#billed-time): a stop that hangs may go
 * on being billed.
 */
const BILLS = { from: 'pulling', until: 'gone', of: 'workload' } as const;

/** Of a placement that is not configured any more no prices are known. */
export function billingOf({ placements }: BillingPorts, placement: string): Billing {
  return { bills: BILLS, prices: placements.find(({ name }) => name === placement)?.prices };
}

/** To show what attempts cost at this moment. */
export function pricingNow(ports: BillingPorts & Pick<Ports, 'clock'>): Pricing {
  return { billingOf: (placement) => billingOf(ports, placement), now: ports.clock.now() };
}
