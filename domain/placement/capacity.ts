// Capacity that a placement lacks: which job may still try to get some there, one at a time and less and less often.
// Pure; docs/model/capacity.pml.
import type { AttemptRow } from '../attempt/attempt';
import type { ProtocolTimes } from '../attempt/protocol-times';
import type { ReasonCode } from '../job/failure-reason';
import type { PlacementRow } from '../ports/placement-store';
import { type Lack, LACKING, type Shut } from './shut';

/**
 * The name under which the row keeps the capacity for such a workload: its GPU's SKU, or `cpu` for one without a GPU.
 */
export function resourceOf(gpu: { readonly sku: string } | undefined): string {
  return gpu?.sku ?? 'cpu';
}

/**
 * - `open`: as far as is known it can be had
 * - `due`: it could not be had, and one job may try again
 * - `shut`: no job may try. `until` is when time alone changes that; undefined while a probe is trying
 */
export type CapacityStanding =
  | { readonly kind: 'open' }
  | { readonly kind: 'due' }
  | { readonly kind: 'shut'; readonly until: number | undefined };

export function capacityStanding(row: PlacementRow, resource: string, now: number): CapacityStanding {
  const shut = row.shut?.[resource];
  if (shut === undefined) return { kind: 'open' };
  // A name leaves the row in the end, whatever becomes of its workload. So a probe that dies does not keep others out
  // for ever.
  if (shut.probe !== undefined && shut.probe in row.holders) return { kind: 'shut', until: undefined };
  return shut.until <= now ? { kind: 'due' } : { kind: 'shut', until: shut.until };
}

/** The row with `name`, which holds a place there, as the probe. */
export function withProbe(row: PlacementRow, resource: string, name: string): PlacementRow {
  const shut = row.shut?.[resource];
  return shut === undefined ? row : { ...row, shut: { ...row.shut, [resource]: { ...shut, probe: name } } };
}

/** The resource that `name` probes. */
export function probedBy(row: PlacementRow, name: string): string | undefined {
  return Object.entries(row.shut ?? {}).find(([, { probe }]) => probe === name)?.[0];
}

/** What an attempt has shown of the capacity for it. */
export type CapacityNews =
  | { readonly kind: 'none' }
  | { readonly kind: 'lacking'; readonly resource: string; readonly why: Lack }
  /** `accepted`: the quotas had room. That says nothing about the capacity yet. */
  | { readonly kind: 'accepted' | 'had'; readonly resource: string };

export function capacityNews(row: AttemptRow): CapacityNews {
  const resource = resourceOf(row.gpu);
  const { verdict } = row;
  if (verdict?.kind === 'failed') {
    const why = lackOf(verdict.reason.code);
    if (why !== undefined) return { kind: 'lacking', resource, why };
  }
  const hasExited = verdict !== undefined && 'exitCode' in verdict && verdict.exitCode !== undefined;
  // An image is pulled on the machine that the workload was given.
  if (row.phases.pulling !== undefined || row.phases.running !== undefined || hasExited)
    return { kind: 'had', resource };
  return row.answer === 'accepted' ? { kind: 'accepted', resource } : { kind: 'none' };
}

/** Undefined for every other reason. */
export function lackOf(code: ReasonCode): Lack | undefined {
  return LACKING.find((lack) => lack === code);
}

/**
 * The row after the news that `name` brings; the very same row when they change nothing, for example the second time.
 * An attempt that was admitted before the SKU was shut brings no news by being refused too.
 */
export function afterNews(
  row: PlacementRow,
  name: string,
  news: CapacityNews,
  now: number,
  times: ProtocolTimes,
): PlacementRow {
  if (news.kind === 'none') return row;
  const { resource } = news;
  const shut = row.shut?.[resource];
  if (news.kind === 'lacking') {
    if (shut !== undefined && shut.probe !== name) return row;
    const refusals = (shut?.refusals ?? 0) + 1;
    const until = now + capacityBackoffMs(refusals, times);
    const next: Shut = { since: shut?.since ?? now, why: news.why, refusals, until };
    return { ...row, shut: { ...row.shut, [resource]: next } };
  }
  if (shut?.probe !== name || (news.kind === 'accepted' && shut.why !== 'quota')) return row;
  const rest = Object.entries(row.shut ?? {}).filter(([other]) => other !== resource);
  return { ...row, shut: rest.length === 0 ? undefined : Object.fromEntries(rest) };
}

/** Twice as long after each refusal, up to a bound. */
function capacityBackoffMs(refusals: number, times: ProtocolTimes): number {
  return Math.min(times.capacityBackoffS * 2 ** (refusals - 1), times.longestCapacityBackoffS) * 1000;
}
