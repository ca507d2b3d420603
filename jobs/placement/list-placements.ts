// The placements as they stand: their rows, what the platform says of them, and which jobs wait for them.
import type { PlacementsQuery, PlacementView } from '../../api/placements';
import { placementView } from '../../api/views/placement-view';
import type { WaitingHint } from '../../domain/ports/hint-store';
import type { Policy } from '../../domain/spec/policy';
import type { PlacePorts } from '../ports';

/**
 * `policy`: what specs may use. Reads one row for each placement, the list of waiting rows, and the quotas and standing
 * costs where the last reading is minutes old.
 */
export async function listPlacements(
  ports: PlacePorts,
  query: PlacementsQuery,
  policy: Policy | undefined,
): Promise<PlacementView[]> {
  const waiting = await ports.hints.listWaiting();
  return Promise.all(
    ports.placements.map(async (placement) => {
      const [{ row }, quotas, standing] = await Promise.all([
        ports.placementRows.read(placement.name),
        ports.quotas?.current(placement.name) ?? {},
        ports.standing?.current(placement.name),
      ]);
      const state = {
        backend: ports.factsOf(placement.name),
        row,
        quotas,
        standing,
        pausedUntil: ports.pace.createPause(placement.name)?.until,
        waiting: waitingFor(placement.name, waiting),
        policy,
      };
      return placementView(placement, state, query, ports.clock.now());
    }),
  );
}

/** Hints of earlier versions don't say where their jobs may go: they count everywhere. */
function waitingFor(placement: string, hints: readonly WaitingHint[]): number {
  return hints.filter(({ wants }) => wants === undefined || wants.placements.includes(placement)).length;
}
