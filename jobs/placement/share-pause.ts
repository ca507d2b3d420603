// Writes a pause that the platform asked this process for into the placement's row, so that every dispatcher keeps it.
import { messageOf } from '../../domain/errors';
import { withPause } from '../../domain/placement/admission';
import type { PlacePorts } from '../ports';

/** Never rejects. A pause that could not be shared costs a refused create, which is tried again. */
export async function sharePause(ports: PlacePorts, name: string): Promise<void> {
  const pause = ports.pace.createPause(name);
  const placement = ports.placements.find((configured) => configured.name === name);
  if (pause === undefined || placement === undefined) return;
  try {
    for (;;) {
      const { row, etag } = await ports.placementRows.read(name);
      const paused = withPause(placement, ports.factsOf(name).traits, row, pause, ports.clock.now());
      if (paused === undefined || (await ports.placementRows.write(paused, etag)) === 'done') return;
    }
  } catch (error) {
    ports.log.warn(`Placement ${name} should create nothing until ${pause.until}: ${messageOf(error)}`);
  }
}
