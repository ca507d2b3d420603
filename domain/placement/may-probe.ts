// Whether it is for this job to try what could not be had lately: its attempts must last for its time. Pure.
import type { ProtocolTimes } from '../attempt/protocol-times';
import type { JobRecords } from '../ports/job-store';
import { lackOf } from './capacity';

/** From here on a job tries no more often than the longest backoff lets one SKU be tried, wherever it may go: its attempts are counted. */
const QUICK_TRIES = 10;

/** `now` in epoch milliseconds. The oldest job that may is the one that tries (docs/admission.md). */
export function mayProbe({ attempts }: JobRecords, now: number, times: ProtocolTimes): boolean {
  const inVain = attempts.filter(
    ({ row: { verdict } }) => verdict?.kind === 'failed' && lackOf(verdict.reason.code) !== undefined,
  );
  if (inVain.length < QUICK_TRIES) return true;
  const last = Math.max(...inVain.map(({ row }) => row.verdictAt ?? 0));
  return now >= last + times.longestCapacityBackoffS * 1000;
}
