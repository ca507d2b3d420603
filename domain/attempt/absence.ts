// How long looks have not shown a workload: when that is no stray 404 any more, which lasts less than a minute.
import type { Observation } from '../ports/compute-backend';
import type { AttemptRow } from './attempt';
import type { ProtocolTimes } from './protocol-times';

/** This many 404s, over `absentForS`, make an absence. More of them are not counted. */
const ABSENT_READS = 3;

/** The row after a look that told `shown` at `now`, epoch milliseconds. An unreadable answer changes nothing. */
export function withAbsence(row: AttemptRow, shown: Observation['kind'], now: number): AttemptRow {
  switch (shown) {
    case 'absent':
    case 'prepared': // The preparation is there, the workload is not.
      return absentOnceMore(row, now);
    case 'foreign':
      return row.seen ? absentOnceMore(row, now) : row;
    case 'unreadable':
      return row;
    case 'present':
      return { ...row, absentSince: undefined, absentCount: 0 };
  }
}

/** `sentAt`: when the last look was asked for, epoch milliseconds; its answer speaks of that moment. */
export function isLongAbsent(row: AttemptRow, sentAt: number, { absentForS }: ProtocolTimes): boolean {
  return (
    row.absentCount >= ABSENT_READS &&
    row.absentSince !== undefined &&
    sentAt - row.absentSince >= absentForS * 1000
  );
}

function absentOnceMore(row: AttemptRow, now: number): AttemptRow {
  const absentCount = Math.min(row.absentCount + 1, ABSENT_READS);
  return { ...row, absentCount, absentSince: row.absentSince ?? now };
}
