// How a placement bills and by which prices, as it is configured now.
import type { Billing, Pricing } from '../../domain/money/attempt-cost';
import type { ComputePorts } from '../ports';

/** Of a placement that is not configured any more no prices are known. */
export function billingOf({ placements, factsOf }: ComputePorts, placement: string): Billing {
  const { prices } = placements.find(({ name }) => name === placement) ?? {};
  return { bills: factsOf(placement).traits.bills, prices };
}

/** To show what attempts cost at `now`, epoch milliseconds. */
export function pricingNow(ports: ComputePorts, now: number): Pricing {
  return { billingOf: (placement) => billingOf(ports, placement), now };
}
