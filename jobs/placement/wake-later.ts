// Wakes the dispatcher when time alone makes room: a window of creations slides on, or a pause ends.
import { messageOf } from '../../domain/errors';
import type { Ports } from '../ports';
import type { Places } from './places';

type WakePorts = Pick<Ports, 'clock' | 'kicks' | 'log' | 'placementRows'>;

/** A queue counts in whole seconds and is looked at every two at most (host.json): the kick comes early and waits out the rest. */
const EARLY_MS = 2_000;

/** Says that at this instant (epoch milliseconds) time has made room. */
function dueKick(at: number): string {
  return JSON.stringify({ due: at });
}

/**
 * For each placement that keeps jobs waiting until a known instant, one kick at that instant, whoever asks for it. The kick goes out
 * before the row says so: a death in between sends it twice; what is lost all the same is left to the minute tick.
 */
export async function wakeLater(ports: WakePorts, places: Places): Promise<void> {
  const now = ports.clock.now();
  for (const { placement, at, wakeAt } of places.waitingForTime()) {
    if (wakeAt !== undefined && wakeAt > now && wakeAt <= at) continue;
    try {
      const delaySeconds = Math.max(0, Math.floor((at - now - EARLY_MS) / 1000));
      await ports.kicks.send(dueKick(at), { delaySeconds });
      const { row, etag } = await ports.placementRows.read(placement);
      // Who changed the row meanwhile looks at it after us; at worst one kick more is sent.
      await ports.placementRows.write({ ...row, wakeAt: at }, etag);
    } catch (error) {
      ports.log.warn(`Placement ${placement} has room again at ${at}, but no kick: ${messageOf(error)}`);
    }
  }
}
