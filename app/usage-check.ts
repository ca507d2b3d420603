// What the doctor says of a platform's count of GPUs beside the places held.
import { type Check, ok } from '../domain/backend/check';
import { type GpuUsage, lasts, type Unaccounted } from '../domain/placement/unaccounted';

/**
 * A single reading proves nothing, because the platform goes on counting what has just ended. `unaccounted`: what the
 * tick has noted.
 */
export function usageCheck(
  name: string,
  { used, held, ours }: GpuUsage,
  unaccounted: Unaccounted | undefined,
  now: number,
): Check {
  const detail = `${used} in use, ${held} held by attempts`;
  if (used <= held) return ok(name, detail);
  const known =
    unaccounted === undefined || !lasts(unaccounted, ours, now)
      ? `what has just ended may count for ${ours.lagS / 60} min: ask again then`
      : `more than held for ${Math.floor((now - unaccounted.since) / 60_000)} min: something may run that no attempt knows of`;
  return { name, standing: 'warning', detail: `${detail}; ${known}`, todo: ours.todo };
}
