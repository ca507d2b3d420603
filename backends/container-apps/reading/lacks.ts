// Why a replica has no machine yet, as the platform's own log tells it. Pure.
import type { Reason } from '../../../domain/job/failure-reason';
import { reasonBy } from '../../failure-row';
import { LACKS } from './failures';
import type { SystemRow } from './sight';
import { has } from './system-rows';

/** Of a replica that was assigned since, nothing lacks any more. */
export function lackIn(rows: readonly SystemRow[]): Reason | undefined {
  if (has(rows, 'AssigningReplica') || has(rows, 'PullingImage')) return undefined;
  const lack = rows.findLast(({ text }) => /maximum allowed|nodes are available/i.test(text));
  return lack && reasonBy(LACKS, lack.text, (why) => why);
}
