// Whether this job may be a probe: its attempts must last for its waiting time. Pure.
import type { ProtocolTimes } from '../attempt/protocol-times';
import type { JobRecords } from '../ports/job-store';
import { lackOf } from './capacity';

/**
 * From this many attempts on a job probes no more often than the longest backoff, over all its placements, because its
 * attempts are limited.
 */
const QUICK_TRIES = 10;

/** `now` in epoch milliseconds. The oldest job that may probe does (docs/admission.md). */
export function mayProbe({ attempts }: JobRecords, now: number, times: ProtocolTimes): boolean {
  const inVain = attempts.filter(
    ({ row: { verdict } }) => verdict?.kind === 'failed' && lackOf(verdict.reason.code) !== undefined,
  );
  if (inVain.length < QUICK_TRIES) return true;
  const last = Math.max(...inVain.map(({ row }) => row.verdictAt ?? 0));
  return now >= last + times.longestCapacityBackoffS * 1000;
}
