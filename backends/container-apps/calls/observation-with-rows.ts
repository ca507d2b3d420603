// What a look tells, with the platform's own log where the API tells too little: the event stream of the job, which is
// live, and the workspace, whose rows come late (docs/facts/container-apps.md#log-store).
import { RunnerError } from '../../../domain/errors';
import type { Observation, WorkloadRef } from '../../../domain/ports/compute-backend';
import { eventRows } from '../reading/event-lines';
import { observationOf } from '../reading/observation';
import { isUntold, wantsRows } from '../reading/rows-wanted';
import { type ExecutionView, isAlive, type Sight, type SystemRow } from '../reading/sight';
import type { Apps } from './apps-of';
import type { Found } from './look';

/**
 * A failure that nothing explains waits so long after its end for the workspace, milliseconds. Rows come after 14 s at
 * the earliest (docs/facts/container-apps.md#log-store). Nothing is billed meanwhile.
 */
const ROWS_WITHIN_MS = 30_000;

/** Never rejects, but for a defect of ours: a log that can't be read leaves what the API tells. */
export async function observationWithRows(
  apps: Apps,
  ref: WorkloadRef,
  found: Found,
  within: AbortSignal,
): Promise<Observation> {
  const told = await withLiveRows(apps, ref, found, within);
  const [first] = told.executions;
  if (first === undefined || !wantsRows(first)) return observationOf(told);
  if (!wantsWorkspace(told, first) || apps.placement.workspaceId === undefined) return observationOf(told);
  const late = await lateRows(apps, apps.placement.workspaceId, found, first, within);
  const whole: Sight = { ...told, rows: [...told.rows, ...late] };
  if (!isUntold(whole) || !mayCome(found, first)) return observationOf(whole);
  const why = `Execution ${first.name} has failed, and nothing tells how: its workspace may yet.`;
  return { kind: 'unreadable', why, scopeMissing: false };
}

/** What a removal's look tells: it waits for no workspace. Never rejects, but for a defect of ours. */
export async function observationWithLiveRows(
  apps: Apps,
  ref: WorkloadRef,
  found: Found,
  within: AbortSignal,
): Promise<Observation> {
  return observationOf(await withLiveRows(apps, ref, found, within));
}

async function withLiveRows(apps: Apps, ref: WorkloadRef, found: Found, within: AbortSignal): Promise<Sight> {
  const [first] = found.sight.executions;
  if (first === undefined || !wantsRows(first)) return found.sight;
  return { ...found.sight, rows: await liveRows(apps, ref, found, first, within) };
}

/** What is live tells all that the workspace could. It goes first, for no outcome waits minutes for a row. */
function wantsWorkspace(told: Sight, first: ExecutionView): boolean {
  return isAlive(first) ? told.rows.length === 0 : isUntold(told);
}

/** Where either time is not told, nothing is waited for. */
function mayCome({ now }: Found, { endTime }: ExecutionView): boolean {
  return now !== undefined && endTime !== undefined && now - endTime < ROWS_WITHIN_MS;
}

async function liveRows(
  apps: Apps,
  { name }: WorkloadRef,
  { eventsAddress, sight }: Found,
  first: ExecutionView,
  within: AbortSignal,
): Promise<readonly SystemRow[]> {
  if (eventsAddress === undefined) return [];
  const { streams } = apps.clients();
  return orNone(async () => {
    const stream = await streams.events(apps.placement, name, eventsAddress, within);
    return eventRows(stream, first.name, sight.executions.length === 1);
  });
}

async function lateRows(
  apps: Apps,
  workspaceId: string,
  { now }: Found,
  { name, startTime }: ExecutionView,
  within: AbortSignal,
): Promise<readonly SystemRow[]> {
  const since = startTime ?? now;
  if (since === undefined) return [];
  const { workspaces } = apps.clients();
  return orNone(
    async () => (await workspaces.systemRows({ workspaceId, execution: name, since, within })).rows,
  );
}

async function orNone(read: () => Promise<readonly SystemRow[]>): Promise<readonly SystemRow[]> {
  try {
    return await read();
  } catch (error) {
    if (!(error instanceof RunnerError)) throw error;
    return [];
  }
}
