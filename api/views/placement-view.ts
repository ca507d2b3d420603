// A placement as its users see it: what it has, what is held and free, what it refuses and why. Pure.
import type { BackendFacts } from '../../domain/backend/backend-facts';
import type { StandingCost } from '../../domain/money/standing-cost';
import { isSameName } from '../../domain/parse/any-case';
import { createsLeft } from '../../domain/placement/admission';
import type { Placement } from '../../domain/placement/placement';
import { type CurrentQuotas, unreadOf } from '../../domain/placement/quota';
import { lasts, oursOf } from '../../domain/placement/unaccounted';
import type { PlacementRow } from '../../domain/ports/placement-store';
import { type Policy, refusedBy } from '../../domain/spec/policy';
import { choose, type Known, refusal } from '../../domain/spec/preflight';
import { ORDINARY } from '../../domain/spec/resources';
import type { Wish } from '../../domain/spec/wish';
import type { PlacementsQuery, PlacementView } from '../placements';
import { offeredNames } from './offered-names';

export interface PlacementState {
  readonly backend: BackendFacts;
  readonly row: PlacementRow;
  readonly quotas: CurrentQuotas;
  /** Undefined: unknown. */
  readonly standing?: readonly StandingCost[] | undefined;
  /** What the backend told this process (pace.ts), epoch milliseconds. */
  readonly pausedUntil?: number | undefined;
  readonly waiting?: number;
  /** The policy of the whole deployment. */
  readonly policy?: Policy | undefined;
}

export function placementView(
  placement: Placement,
  state: PlacementState,
  query: PlacementsQuery,
  now: number,
): PlacementView {
  const { backend: facts, row, quotas, standing, waiting } = state;
  const { name, backend, gpus, accepts, limits, prices } = placement;
  const holders = Object.values(row.holders);
  const cores = holders.reduce((sum, holder) => sum + holder.cores, 0);
  const pausedUntil = Math.max(row.pausedUntil ?? 0, state.pausedUntil ?? 0);
  const known = { now, usages: quotas.reading?.usages };
  const wish = wishOf(query);
  const createsNow = pausedUntil > now ? 0 : createsLeft(placement, facts.traits, row, now);
  return {
    name,
    backend,
    ...(facts.region === undefined ? {} : { region: facts.region }),
    gpus,
    ...(accepts === undefined ? {} : { accepts }),
    limits,
    ...(prices === undefined ? {} : { prices }),
    offers: offeredNames(placement, state.policy),
    held: { workloads: holders.length, cores },
    free: {
      workloads: Math.max(0, limits.workloads - holders.length),
      ...(limits.cores === undefined ? {} : { cores: Math.max(0, limits.cores - cores) }),
      ...(createsNow === undefined ? {} : { createsNow }),
    },
    ...(quotas.reading === undefined ? {} : { quotas: [...quotas.reading.usages] }),
    ...(standing === undefined ? {} : { standing: [...standing] }),
    ...unaccountedIn(placement, facts, row, now),
    ...shutIn(row),
    ...(waiting === undefined ? {} : { waiting }),
    ...(pausedUntil > now ? { pausedUntil: new Date(pausedUntil).toISOString() } : {}),
    ...healthOf(quotas, pausedUntil > now),
    refuses: [...refusedGpus(placement, facts, known), ...refusedElse(placement, facts, known, state.policy)],
    ...(wish === undefined
      ? {}
      : { verdict: verdictOf(wish, placement, facts, { ...known, ...unreadIn(state) }) }),
  };
}

function healthOf({ failure }: CurrentQuotas, isPaused: boolean): Pick<PlacementView, 'health' | 'detail'> {
  if (failure !== undefined)
    return { health: 'unreachable', detail: `Its quotas can't be read, they count as unknown: ${failure}` };
  return isPaused
    ? { health: 'paused', detail: 'The platform takes no more creates for a while.' }
    : { health: 'ok' };
}

/** What has lasted so long that it is more than a delay of the platform's. */
function unaccountedIn(
  { gpus }: Placement,
  facts: BackendFacts,
  { unaccounted }: PlacementRow,
  now: number,
): Pick<PlacementView, 'unaccounted'> {
  const ours = oursOf(gpus, facts);
  if (unaccounted === undefined || ours === undefined || !lasts(unaccounted, ours, now)) return {};
  const since = new Date(unaccounted.since).toISOString();
  return { unaccounted: { gpus: unaccounted.gpus, since, todo: ours.todo } };
}

/** A probe whose name has left the holders tries no more. */
function shutIn({ shut, holders }: PlacementRow): Pick<PlacementView, 'shut'> {
  const views = Object.entries(shut ?? {}).map(([resource, { why, since, refusals, until, probe }]) => ({
    resource,
    why,
    since: new Date(since).toISOString(),
    refusals,
    until: new Date(until).toISOString(),
    ...(probe !== undefined && probe in holders ? { probe } : {}),
  }));
  return views.length === 0 ? {} : { shut: views };
}

/** Every GPU that it names, offered or stood in for, and would not give even to a job that asks for little else. */
function refusedGpus(placement: Placement, backend: BackendFacts, known: Known): PlacementView['refuses'] {
  const asked = [
    ...placement.gpus,
    ...Object.entries(placement.accepts ?? {}).map(([sku, standIn]) => ({
      sku,
      counts: placement.gpus.find((offer) => isSameName(offer.sku, standIn))?.counts ?? [],
    })),
  ];
  return asked.flatMap(({ sku, counts }) => {
    const byWhy = new Map<string, number[]>();
    for (const count of counts) {
      const why = refusal({ gpu: { sku, count }, resources: ORDINARY }, unlimited(placement), backend, known);
      if (why !== undefined) byWhy.set(why, [...(byWhy.get(why) ?? []), count]);
    }
    return [...byWhy].map(([why, refused]) => ({
      what: `${sku} × ${refused.join('/')}`,
      why,
      gpu: { sku, counts: refused },
    }));
  });
}

function refusedElse(
  placement: Placement,
  backend: BackendFacts,
  known: Known,
  policy: Policy | undefined,
): PlacementView['refuses'] {
  const withoutGpu = refusal({ resources: ORDINARY }, unlimited(placement), backend, known);
  const argsAlone = refusal({ args: ['…'], resources: ORDINARY }, unlimited(placement), backend, known);
  return [
    ...(withoutGpu === undefined ? [] : [{ what: 'jobs without a GPU', why: withoutGpu }]),
    // The same words for both: not worth telling twice.
    ...(argsAlone === undefined || argsAlone === withoutGpu
      ? []
      : [{ what: argsRefused(placement), why: argsAlone }]),
    ...refusedBy(placement.policy ?? {}).map((what) => ({
      what,
      why: "the placement's policy does not allow them",
    })),
    ...refusedBy(policy ?? {}).map((what) => ({ what, why: "the deployment's policy does not allow them" })),
  ];
}

/** Of the images whose entrypoints it names it takes them. */
function argsRefused({ entrypoints = {} }: Placement): string {
  const known = Object.keys(entrypoints);
  return `args without command${known.length === 0 ? '' : `, of images other than ${known.join(', ')}`}`;
}

/** Its policy is told on its own, whatever image is asked about. */
function unlimited(placement: Placement): Placement {
  return { ...placement, policy: undefined };
}

function wishOf({ gpu, count, cpu, memoryGb }: PlacementsQuery): Wish | undefined {
  if ([gpu, count, cpu, memoryGb].every((given) => given === undefined)) return undefined;
  return {
    ...(gpu === undefined && count === undefined ? {} : { gpu: { count: count ?? 1, sku: gpu } }),
    ...(cpu === undefined && memoryGb === undefined
      ? {}
      : { resources: { cpu: cpu ?? ORDINARY.cpu, memoryGb: memoryGb ?? ORDINARY.memoryGb } }),
  };
}

function verdictOf(
  wish: Wish,
  placement: Placement,
  backend: BackendFacts,
  known: Known,
): NonNullable<PlacementView['verdict']> {
  const choice = choose(wish, unlimited(placement), backend, known);
  if (choice.kind === 'refuses') return { holds: false, why: choice.why };
  const { gpu, resources, waitsFor } = choice;
  return {
    holds: true,
    ...(waitsFor === undefined ? {} : { why: `waits until the quota ${waitsFor} has room` }),
    ...(gpu === undefined ? {} : { gpu }),
    resources: { ...resources },
  };
}

function unreadIn({ row, quotas: { reading } }: PlacementState): Pick<Known, 'unread'> {
  return reading === undefined ? {} : { unread: unreadOf(Object.values(row.holders), reading) };
}
