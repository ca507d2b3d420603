// The platform's own deadline of an execution: the backstop for a runner that is gone.
import type { Deadlines } from '../../domain/attempt/deadlines';

/**
 * By how much the platform's deadline is longer than the runner's own, seconds. The runner's verdicts come first, and
 * clocks may differ.
 */
const MARGIN_S = 10 * 60;

/**
 * Seconds. It counts from the start of the execution, so the wait for a machine counts too
 * (docs/facts/container-apps.md#deadline).
 */
export function replicaTimeout({ provisioning, pulling, running }: Deadlines): number {
  return provisioning + pulling + running + MARGIN_S;
}
