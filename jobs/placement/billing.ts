// How a placement bills and by which prices, as it is configured now.
import type { Billing, Pricing } from '../../domain/money/attempt-cost';
import type { Ports } from '../ports';

export type BillingPorts = Pick<Ports, 'placements' | 'factsOf'>;

/** Of a placement that is not configured any more no prices are known. */
export function billingOf({ placements, factsOf }: BillingPorts, placement: string): Billing {
  const { prices } = placements.find(({ name }) => name === placement) ?? {};
  return { bills: factsOf(placement).traits.bills, prices };
}

/** To show what attempts cost at this moment. */
export function pricingNow(ports: BillingPorts & Pick<Ports, 'clock'>): Pricing {
  return { billingOf: (placement) => billingOf(ports, placement), now: ports.clock.now() };
}
