// What the sweep does with one workload that a list shows (protocol §6.2). The row was read after the list.
import type { AttemptRow } from '../attempt/attempt';
import type { ProtocolTimes } from '../attempt/protocol-times';
import type { ListedWorkload } from '../ports/compute-backend';

/** The row as the sweep could read it. A store that can't be read is not an absent row (I3). */
export type SweptRow =
  | { readonly kind: 'unreadable' }
  | { readonly kind: 'absent' }
  | { readonly kind: 'known'; readonly row: AttemptRow };

/**
 * - `delete`: its removal is due or requested; or its row can't be read and its tags have expired
 * - `delete-unknown`: ours by its tags, without a row, and too old for a create under way
 * - `look-again`: its row says gone; if a fresh look still shows it, its cleanup is reopened
 * - `expire`: past its expiry while nothing removes it; the row is written first
 */
export type SweepVerdict = 'leave' | 'delete' | 'delete-unknown' | 'look-again' | 'expire';

/** `serverTime`: the list's own, epoch milliseconds. */
export function sweepVerdict(
  listed: ListedWorkload,
  swept: SweptRow,
  serverTime: number,
  times: ProtocolTimes,
): SweepVerdict {
  switch (swept.kind) {
    case 'unreadable':
      return serverTime >= listed.expiresAt ? 'delete' : 'leave';
    case 'absent':
      return serverTime - listed.createdAt > times.unknownWorkloadS * 1000 ? 'delete-unknown' : 'leave';
    case 'known':
      return knownVerdict(swept.row, serverTime, times);
  }
}

function knownVerdict(row: AttemptRow, serverTime: number, times: ProtocolTimes): SweepVerdict {
  switch (row.cleanup) {
    case 'due':
      return 'delete';
    case 'requested':
      // A delete that was just sent gets its time, as in the story.
      return serverTime - (row.deleteSentAt ?? 0) >= times.deleteAgainS * 1000 ? 'delete' : 'leave';
    case 'gone':
      return 'look-again';
    case 'none':
      return hasExpired(row, serverTime) ? 'expire' : 'leave';
  }
}

/** By the row's own expiry, whether listed or not [W_EXPLISTED]. */
export function hasExpired(row: AttemptRow, now: number): boolean {
  return row.cleanup === 'none' && row.expiresAt !== undefined && now >= row.expiresAt;
}

/** More unknown workloads than this look like a store that was lost or mixed up, not like leaks. */
const MANY_UNKNOWN = 10;
const UNKNOWN_SHARE = 1 / 5;

/** Whether deleting `unknown` of `listed` workloads needs a person first (I3). */
export function isMassDelete(unknown: number, listed: number): boolean {
  return unknown > MANY_UNKNOWN && unknown > listed * UNKNOWN_SHARE;
}
