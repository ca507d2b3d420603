// Kicks the dispatcher when time alone makes room: a window of creates slides on, or a pause ends.
import { messageOf } from '../../domain/errors';
import type { PlacePorts } from '../ports';
import type { Places } from './places';

/**
 * A queue counts whole seconds and is polled every two at most (host.json). So the kick comes early and waits out the
 * rest.
 */
const EARLY_MS = 2_000;

/** Says that at this instant (epoch milliseconds) time has made room. */
function dueKick(at: number): string {
  return JSON.stringify({ due: at });
}

/**
 * Sends one kick for each placement that keeps jobs waiting until a known instant, however many processes ask for it.
 * The kick goes out before the row says so: after a crash in between it is sent twice. If it is lost all the same, the
 * tick does its work.
 */
export async function wakeLater(ports: PlacePorts, places: Places): Promise<void> {
  const now = ports.clock.now();
  for (const { placement, at, wakeAt } of places.waitingForTime()) {
    if (wakeAt !== undefined && wakeAt > now && wakeAt <= at) continue;
    try {
      const delaySeconds = Math.max(0, Math.floor((at - now - EARLY_MS) / 1000));
      await ports.kicks.send(dueKick(at), { delaySeconds });
      const { row, etag } = await ports.placementRows.read(placement);
      // A process that changed the row meanwhile looks at it after us. At worst one more kick is sent.
      await ports.placementRows.write({ ...row, wakeAt: at }, etag);
    } catch (error) {
      ports.log.warn(`Placement ${placement} has room again at ${at}, but no kick: ${messageOf(error)}`);
    }
  }
}
