// Whether what a placement offers can be had by a waiting job now: by the platform's quotas, as they were read, and by
// what was refused lately. Pure.
import type { BackendFacts } from '../backend/backend-facts';
import type { JobPlan } from '../job/job';
import { isSameName } from '../parse/any-case';
import type { PlacementRow } from '../ports/placement-store';
import type { ChosenGpu } from '../spec/gpu';
import { choose } from '../spec/preflight';
import type { Resources } from '../spec/resources';
import { capacityStanding, resourceOf } from './capacity';
import type { Placement } from './placement';
import { type QuotaReading, unreadOf } from './quota';

export type OfferRoom =
  /**
   * `gpu` and `resources` are what the job would get; both undefined where nothing on offer fits, which the create
   * then reports. `probes`: the job would be the probe.
   */
  | {
      readonly kind: 'room';
      readonly gpu: ChosenGpu | undefined;
      readonly resources: Resources | undefined;
      readonly probes: boolean;
    }
  /** `quota`: the key by which jobs that wait for the same quota are told from others. */
  | { readonly kind: 'waits'; readonly quota: string }
  /** `until` (epoch milliseconds): when one job may probe. Undefined while one probes, or when this job may not. */
  | { readonly kind: 'shut'; readonly resource: string; readonly until: number | undefined }
  /**
   * The job does not fit even alone: the quota was lowered, or the placement's offer changed, after the job was
   * accepted.
   */
  | { readonly kind: 'refuses' };

/** What the job would get there is not known. */
export const UNKNOWN_ROOM: Extract<OfferRoom, { kind: 'room' }> = {
  kind: 'room',
  gpu: undefined,
  resources: undefined,
  probes: false,
};

export interface OfferFacts {
  readonly backend: BackendFacts;
  /** Undefined: unknown, which leaves room. */
  readonly reading: QuotaReading | undefined;
  /** Quotas that an older job waits for. */
  readonly reserved: ReadonlySet<string>;
  /** Whether the job may be the probe. */
  readonly mayProbe: boolean;
  /** Epoch milliseconds. */
  readonly now: number;
}

export function offerRoom(
  { gpu, resources }: Pick<JobPlan, 'gpu' | 'resources'>,
  placement: Placement,
  row: PlacementRow,
  { backend, reading, reserved, mayProbe, now }: OfferFacts,
): OfferRoom {
  const standingOf = (resource: string): ReturnType<typeof capacityStanding> =>
    capacityStanding(row, resource, now);
  const shut = new Set(
    Object.keys(row.shut ?? {}).filter((resource) => {
      const { kind } = standingOf(resource);
      return kind === 'shut' || (kind === 'due' && !mayProbe);
    }),
  );
  const quotas =
    reading === undefined
      ? {}
      : { usages: reading.usages, unread: unreadOf(Object.values(row.holders), reading) };
  const choice = choose({ gpu, resources }, placement, backend, { ...quotas, shut });
  // What is not offered any more is reported by the create, which ends the attempt there; another placement may have
  // it.
  if (choice.kind === 'refuses') return reading === undefined ? UNKNOWN_ROOM : { kind: 'refuses' };
  if (choice.lacks !== undefined) {
    const standing = standingOf(choice.lacks);
    return {
      kind: 'shut',
      resource: choice.lacks,
      until: standing.kind === 'shut' ? standing.until : undefined,
    };
  }
  const wanted = reading === undefined ? [] : choice.counts.map(({ quota }) => quota);
  const quota =
    choice.waitsFor ?? wanted.find((name) => [...reserved].some((other) => isSameName(other, name)));
  if (quota !== undefined) return { kind: 'waits', quota };
  return {
    kind: 'room',
    gpu: choice.gpu,
    resources: choice.resources,
    probes: standingOf(resourceOf(choice.gpu)).kind === 'due',
  };
}

/** The GPU of a job that is its placement's probe for `resource`. */
export function probedGpu({ gpu }: JobPlan, resource: string): ChosenGpu | undefined {
  return gpu === undefined ? undefined : { count: gpu.count, sku: resource };
}
