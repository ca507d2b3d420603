// The Log Analytics workspace of a placement as the store of whole logs.
import { RetryableError } from '../../../domain/errors';
import type { LogStore, StoredLine, StoredPortion, StoredRun } from '../../../domain/ports/log-store';
import { MOST_ROWS_OF_AN_INSTANT, type WorkspaceLogs } from '../cloud/workspace-logs';
import type { Apps } from './apps-of';

/** The runtime splits longer lines, bytes (docs/facts/container-apps.md#lines-of-the-stream). */
const LONGEST_LINE_BYTES = 16_384;

/** Undefined where the placement names no workspace. */
export function logStoreOf({ placement, clients }: Apps): LogStore | undefined {
  const { workspaceId } = placement;
  if (workspaceId === undefined) return undefined;
  return {
    count: ({ run, since }) => clients().workspaces.consoleCount({ workspaceId, execution: run, since }),
    read: (run, after) => portion(clients().workspaces, workspaceId, run, after),
  };
}

/** Whole instants only: what follows the last of them is asked for by its time. */
async function portion(
  workspaces: WorkspaceLogs,
  workspaceId: string,
  { run, since }: StoredRun,
  after: string | undefined,
): Promise<StoredPortion> {
  const of = { workspaceId, execution: run, since, after };
  for (const most of [undefined, MOST_ROWS_OF_AN_INSTANT]) {
    const read = await workspaces.consoleRows(most === undefined ? of : { ...of, most });
    if (read.kind === 'partial')
      throw new RetryableError(`The workspace gave a part of the rows of ${run} alone: ${read.why}`);
    const { rows } = read;
    if (read.kind === 'all') return { lines: rows.map(storedLine), hasMore: false };
    const last = rows.at(-1)?.at;
    const whole = rows.filter(({ at }) => at !== last);
    if (whole.length > 0) return { lines: whole.map(storedLine), hasMore: true };
  }
  throw new RetryableError(
    `Execution ${run} printed more than ${MOST_ROWS_OF_AN_INSTANT} lines at one instant, more than the workspace is asked for at once.`,
  );
}

function storedLine({ at, stream, text }: Omit<StoredLine, 'mayGoOn'>): StoredLine {
  const mayGoOn = Buffer.byteLength(text, 'utf8') >= LONGEST_LINE_BYTES;
  return { at, stream, text, ...(mayGoOn ? { mayGoOn } : {}) };
}
