// What a placement would say to a job now: what it would give, at what price, and whether at once. Pure.
import type { Deadlines } from '../attempt/deadlines';
import type { BackendFacts } from '../backend/backend-facts';
import type { Bills } from '../money/billed';
import { costOf } from '../money/cost';
import { type Price, type Prices, pricesOf } from '../money/price';
import type { PlacementRow } from '../ports/placement-store';
import type { ChosenGpu } from '../spec/gpu';
import { deadlinesOf, type JobSpec } from '../spec/job-spec';
import type { Policy } from '../spec/policy';
import { choose } from '../spec/preflight';
import type { Resources } from '../spec/resources';
import { hasRoom } from './admission';
import { offerRoom } from './offer-room';
import type { Placement } from './placement';
import type { QuotaReading } from './quota';

/** What one attempt may cost. It is estimated by configured prices; the bill is the platform's. */
interface Estimate {
  readonly currency: string;
  /** Of what the attempt is given. */
  readonly perHour: number;
  /** Of an attempt that uses up each deadline for which its backend bills. */
  readonly most: { readonly amount: number; readonly seconds: number };
  readonly prices: readonly Price[];
}

export type Outlook =
  | { readonly kind: 'refuses'; readonly why: string }
  | {
      readonly kind: 'takes';
      readonly gpu: ChosenGpu | undefined;
      readonly resources: Resources;
      /** Undefined: no price is configured for it. */
      readonly estimate: Estimate | undefined;
      /** Why it would have to wait; undefined: it would be let in now, unless older jobs wait. */
      readonly waits: string | undefined;
    };

export interface OutlookFacts {
  readonly backend: BackendFacts;
  readonly row: PlacementRow;
  /** Undefined: unknown, which stands against nothing. */
  readonly reading: QuotaReading | undefined;
  /** Epoch milliseconds until which nothing is created there, as this process was told. */
  readonly pausedUntil: number | undefined;
  /** That of the whole deployment; undefined: it limits nothing. */
  readonly policy: Policy | undefined;
  /** Epoch milliseconds. */
  readonly now: number;
}

/** Of a spec that has passed the deployment's policy. */
export function outlookOf(spec: JobSpec, placement: Placement, facts: OutlookFacts): Outlook {
  const { backend, reading, policy, now } = facts;
  const choice = choose(spec, placement, backend, { now, usages: reading?.usages, policy });
  if (choice.kind === 'refuses') return choice;
  const { gpu, resources } = choice;
  return {
    kind: 'takes',
    gpu,
    resources,
    estimate: estimateOf({ gpu, resources }, placement.prices, backend.traits.bills, deadlinesOf(spec)),
    waits: whyItWaits(spec, resources, placement, facts),
  };
}

function whyItWaits(
  spec: JobSpec,
  { cpu }: Resources,
  placement: Placement,
  { backend, row, reading, pausedUntil = 0, now }: OutlookFacts,
): string | undefined {
  const room = offerRoom(spec, placement, row, {
    backend,
    reading,
    reserved: new Set(),
    mayProbe: false,
    now,
  });
  switch (room.kind) {
    case 'waits':
      return `the quota ${room.quota} is in use`;
    case 'shut':
      return `${room.resource} was refused there lately`;
    case 'refuses':
      return 'the quota there is too small by now';
    case 'room':
      break;
  }
  if (Math.max(row.pausedUntil ?? 0, pausedUntil) > now)
    return 'the platform takes no more creates for a while';
  if (hasRoom(placement, backend.traits, row, cpu, now)) return undefined;
  return `its limits are reached: ${Object.keys(row.holders).length} of ${placement.limits.workloads} places are held`;
}

function estimateOf(
  { gpu, resources }: { readonly gpu: ChosenGpu | undefined; readonly resources: Resources },
  configured: Prices | undefined,
  bills: Bills,
  deadlines: Deadlines,
): Estimate | undefined {
  const prices = pricesOf({ gpu, ...resources }, configured);
  if (prices === undefined) return undefined;
  const seconds =
    (bills.from === 'pulling' ? deadlines.pulling : 0) +
    deadlines.running +
    (bills.until === 'ended' ? 0 : deadlines.archiving);
  const { currency, amount } = costOf(seconds * 1000, prices);
  return { currency, perHour: costOf(HOUR_MS, prices).amount, most: { amount, seconds }, prices };
}

const HOUR_MS = 3_600_000;
