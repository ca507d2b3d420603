// The table's part on looks and logs: none of their failures ends an attempt by itself. The first row that matches
// counts.
import type { FailureRow } from './failure-row';

const lasting = (row: Omit<FailureRow, 'ends'>): FailureRow => ({ ...row, ends: 'if-it-lasts' });
const beside = (row: Omit<FailureRow, 'ends'>): FailureRow => ({ ...row, ends: 'never' });

export const ANSWER_FAILURES: readonly FailureRow[] = [
  lasting({
    where: 'look',
    statuses: [404],
    codes: ['ResourceNotFound', 'ContainerGroupNotFound'],
    reason: 'lost',
    source:
      'docs/facts/container-instances.md#absent; before it was ever seen: given-up (protocol §4.2, §4.3)',
  }),
  lasting({
    where: 'look',
    shown: 'any other answer (404 `ResourceGroupNotFound`, 401, 403, 429, 5xx), or none',
    reason: 'expired',
    source:
      'docs/facts/container-instances.md#absent; before it was ever seen: given-up (protocol §4.2, §6.2)',
  }),
  beside({
    where: 'log',
    codes: ['ContainerLogNotAvailable', 'ContainerGroupDeploymentNotReady', 'ContainerGroupStopped'],
    reason: 'archiving-deadline',
    source: 'docs/facts/container-instances.md#log-not-available',
  }),
  beside({
    where: 'log',
    shown: 'any other failure',
    reason: 'archiving-deadline',
    source: 'protocol §4.4: money beats logs',
  }),
];
