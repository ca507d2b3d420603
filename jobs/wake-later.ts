// Wakes the dispatcher when time alone makes room: a window of creations slides on, or a pause ends.
import { messageOf } from '../domain/errors';
import type { Places } from './places';
import type { Ports } from './ports';

type WakePorts = Pick<Ports, 'clock' | 'kicks' | 'log' | 'placementRows'>;

/** A kick that says only that some job's time has come. */
export const DUE_KICK = '{"due":true}';

/**
 * For each placement that keeps jobs waiting until a known instant, one kick at that instant, whoever asks for it. The kick goes out
 * before the row says so: a death in between sends it twice; what is lost all the same is left to the minute tick.
 */
export async function wakeLater(ports: WakePorts, places: Places): Promise<void> {
  const now = ports.clock.now();
  for (const { placement, at, wakeAt } of places.waitingForTime()) {
    if (wakeAt !== undefined && wakeAt > now && wakeAt <= at) continue;
    try {
      await ports.kicks.send(DUE_KICK, { delaySeconds: Math.ceil((at - now) / 1000) });
      const { row, etag } = await ports.placementRows.read(placement);
      // Who changed the row meanwhile looks at it after us; at worst one kick more is sent.
      await ports.placementRows.write({ ...row, wakeAt: at }, etag);
    } catch (error) {
      ports.log.warn(`Placement ${placement} has room again at ${at}, but no kick: ${messageOf(error)}`);
    }
  }
}
