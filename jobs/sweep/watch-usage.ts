// Raises an alarm when a platform counts more GPUs in use than places are held there: what runs then may be in no list.
// It deletes nothing.
import { messageOf } from '../../domain/errors';
import { afterUsage, lasts, unaccountedInWords } from '../../domain/placement/unaccounted';
import { gpuUsage, quotaScopes } from '../placement/gpu-usage';
import type { PlacePorts } from '../ports';

/** The tick's part, after the quotas were read. A scope that can't be looked at now is left to the next minute. */
export async function watchUsage(ports: PlacePorts): Promise<void> {
  for (const scope of quotaScopes(ports)) {
    try {
      await watchScope(ports, scope);
    } catch (error) {
      ports.log.warn(
        `The GPUs in use at ${scope.join(', ')} can't be compared with the places held, again in a minute: ${messageOf(error)}`,
      );
    }
  }
}

/** Written only when it changes. If another process writes the row meanwhile, the next minute writes it. */
async function watchScope(ports: PlacePorts, scope: readonly string[]): Promise<void> {
  const usage = await gpuUsage(ports, ports.placementRows, scope);
  if (usage === undefined) return;
  const { row, etag } = usage.record;
  const now = ports.clock.now();
  const after = afterUsage(row.unaccounted, usage, now);
  if (after?.gpus !== row.unaccounted?.gpus)
    await ports.placementRows.write({ ...row, unaccounted: after }, etag);
  if (after === undefined || !lasts(after, usage.ours, now)) return;
  ports.log.error(
    `ALARM: at ${scope.join(', ')} ${unaccountedInWords(after, now)}: ${usage.used} in use, ${usage.held} held. Something may run that no attempt knows of; nothing is deleted for it. ${usage.ours.todo}`,
  );
}
