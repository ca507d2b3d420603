// Pods that failed without a program: their node refused them or threw them out, by the reason of their status.
import type { Reason } from '../../../domain/job/failure-reason';
import { type FailureTable, reasonBy } from '../../failure-row';

export const KUBELET_REFUSALS: FailureTable = [
  {
    shown: '`OutOfnvidia.com/gpu`, `OutOfcpu`, `OutOfmemory`, `OutOfpods`',
    text: /^OutOf/,
    reason: 'capacity',
    source: 'L29-02',
  },
  {
    shown: '`Evicted`, `Preempting`, `NodeShutdown`, `Terminated`',
    text: /^(Evicted|Preempting|NodeShutdown|Shutdown|Terminated)\b/,
    reason: 'evicted',
    source: 'L27-02; documented: graceful node shutdown',
  },
  {
    shown: 'anything else: `UnexpectedAdmissionError` of a device plugin, `NodeAffinity`',
    reason: 'given-up',
    source: 'documented: admission by the kubelet',
  },
];

export function kubeletRefusal(reason: string, message: string): Reason {
  return reasonBy(
    KUBELET_REFUSALS,
    `${reason}: ${message}`,
    (why) => `The node did not run the program: ${why}.`,
  );
}
