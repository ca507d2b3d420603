// Whether Azure's quotas, as they were read, leave room for a waiting job in a placement. Pure.
import { isSameName } from './any-case';
import type { JobPlan } from './job';
import type { Placement } from './placement';
import type { PlacementRow } from './placement-store';
import { choose } from './preflight';
import { type QuotaReading, quotasOf, unreadOf } from './quota';

export type QuotaRoom =
  | { readonly kind: 'room' }
  /** `quota`: by which it is told from the others that wait for the same. */
  | { readonly kind: 'waits'; readonly quota: string }
  /** Not even alone: the quota was lowered, or the placement's offer changed, after the job was accepted. */
  | { readonly kind: 'refuses' };

/** `reserved`: quotas that an older job waits for. Unknown quotas leave room. */
export function quotaRoom(
  { gpu, resources }: JobPlan,
  placement: Placement,
  row: PlacementRow,
  reading: QuotaReading | undefined,
  reserved: ReadonlySet<string>,
): QuotaRoom {
  if (reading === undefined) return { kind: 'room' };
  const unread = unreadOf(Object.values(row.holders), reading);
  const choice = choose({ gpu, resources }, placement, { usages: reading.usages, unread });
  if (choice.kind === 'refuses') return { kind: 'refuses' };
  const wanted = quotasOf({ cpu: resources.cpu, gpu: choice.gpu });
  const quota =
    choice.waitsFor ?? wanted.find((name) => [...reserved].some((other) => isSameName(other, name)));
  return quota === undefined ? { kind: 'room' } : { kind: 'waits', quota };
}
