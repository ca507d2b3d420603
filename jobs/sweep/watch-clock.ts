// Raises an alarm when this host's wall clock is further off the server's than the protocol allows (its preamble).
import { clockOffsetMs } from '../../domain/attempt/protocol-times';
import type { PlacePorts } from '../ports';

/** A Date header holds whole seconds. */
const HEADER_MS = 1_000;

/**
 * `askedAt`, `answeredAt`: this host's own time before and after the answers whose server times these are; all in epoch
 * milliseconds.
 */
export function watchClock(
  ports: PlacePorts,
  askedAt: number,
  answeredAt: number,
  serverTimes: readonly number[],
): void {
  const behind = Math.max(0, ...serverTimes.map((time) => time - answeredAt));
  const ahead = Math.max(0, ...serverTimes.map((time) => askedAt - time - HEADER_MS));
  const offMs = Math.max(behind, ahead);
  const most = clockOffsetMs(ports.times);
  if (offMs <= most) return;
  ports.log.error(
    `ALARM: the clock of this host is ${(offMs / 1000).toFixed(0)} s ${ahead > behind ? 'ahead of' : 'behind'} the service's, must be less than ${most / 1000} s off. Deadlines are wrong by as much, and a workload that a read does not show for a moment may be taken for lost: set the clock.`,
  );
}
