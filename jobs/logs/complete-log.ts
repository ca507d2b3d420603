// One step of completing an attempt's log from the store that its platform keeps (protocol §7).
import type { AttemptRow } from '../../domain/attempt/attempt';
import { messageOf } from '../../domain/errors';
import { workloadName } from '../../domain/job/names';
import {
  type Completing,
  isOverdue,
  isQuiet,
  type LogCompletion,
  nextGeneration,
  streamOnly,
  withCount,
} from '../../domain/logs/log-completion';
import type { LogGeneration } from '../../domain/logs/log-index';
import { CONTAINER_NAME } from '../../domain/ports/compute-backend';
import type { JobRecords, Versioned } from '../../domain/ports/job-store';
import type { LogRef } from '../../domain/ports/log-archive';
import type { LogStore, StoredRun } from '../../domain/ports/log-store';
import type { CompletePorts } from '../ports';
import { compareGenerations } from './compare-generations';
import { type LogScene, settleCompletion, writeCompleting } from './write-completion';
import { writeGeneration } from './write-generation';

/** For so long a step goes on with portions, milliseconds: with one more question to the store it ends within 30 s. */
const PORTIONS_MS = 8_000;

interface Place {
  readonly store: LogStore;
  readonly run: StoredRun;
  readonly mayGoOn: () => boolean;
}

/** Whether another step of this log is due at once. Then read its rows anew. */
export type Completed = 'go-on' | 'later';

/**
 * Counts the store's rows. Once no row came for long enough, writes a generation of them, and completes the log when
 * all that was archived before is in it and still no row came. It may be cut short anywhere, and run twice at once:
 * bytes are appended on condition, and the row is written on the version that was read.
 */
export async function completeLog(
  ports: CompletePorts,
  records: JobRecords,
  attempt: Versioned<AttemptRow>,
): Promise<Completed> {
  const { row } = attempt;
  const state = row.logCompletion;
  if (state?.state !== 'completing') return 'later';
  const scene: LogScene = { records, attempt, state };
  const { logStore: store } = ports.backendOf(row.placement);
  const { run } = row;
  const startedAt = ports.clock.now();
  const settle = async (after: LogCompletion): Promise<Completed> => {
    await settleCompletion(ports, scene, after);
    return 'later';
  };
  if (store === undefined) return settle(streamOnly(state, noStore(row.placement), startedAt));
  if (run === undefined) return settle(streamOnly(state, NO_RUN, startedAt));
  const place: Place = {
    store,
    run: { workload: workloadName(row.jobId, row.number), run, since: row.admittedAt },
    mayGoOn: () => ports.clock.now() < startedAt + PORTIONS_MS,
  };
  const { after, trouble } = await lookAt(ports, scene, place);
  if (after.state !== 'completing') return settle(after);
  const now = ports.clock.now();
  // What is quiet at last is written first: it comes to an end, for a row that comes meanwhile ends it, too.
  const isBeingWritten = trouble === undefined && after.writing !== undefined;
  if (!isBeingWritten && isOverdue(after, now, ports.times))
    return settle(streamOnly(after, trouble ?? waitedFor(after), now));
  if (JSON.stringify(after) === JSON.stringify(state)) return 'later';
  const wrote = await writeCompleting(ports, scene, after);
  return wrote === 'done' && after.begun !== state.begun ? 'go-on' : 'later';
}

interface Looked {
  readonly after: LogCompletion;
  /** Why the store could not be read. */
  readonly trouble?: string;
}

async function lookAt(
  ports: CompletePorts,
  { attempt: { row }, state }: LogScene,
  place: Place,
): Promise<Looked> {
  const { run, store } = place;
  try {
    const counted = withCount(state, await store.count(run), ports.clock.now(), ports.times);
    return { after: await goOn(ports, row, counted, place) };
  } catch (error) {
    const trouble = messageOf(error);
    ports.log.warn(`The log of ${run.workload} could not be completed now, again in a minute: ${trouble}`);
    return { after: { ...state, askedAt: state.askedAt ?? ports.clock.now() }, trouble };
  }
}

/** What the rows that were counted allow for. */
async function goOn(
  ports: CompletePorts,
  row: AttemptRow,
  state: Completing,
  place: Place,
): Promise<LogCompletion> {
  const now = ports.clock.now();
  const rows = state.rows?.count ?? 0;
  if (!isQuiet(state, now, ports.times) || state.lacked?.rows === rows) return state;
  // A program that printed nothing has its whole log in the first generation.
  if (rows === 0) return row.logBytes > 0 ? state : completed(state, { generation: 1, bytes: 0, at: now });
  if (state.writing !== undefined) return write(ports, row, state, place, state.writing);
  // The number is taken before the first byte is written under it.
  const generation = nextGeneration(state);
  return { ...state, begun: generation, writing: { generation, rows, first: 0, full: 0 } };
}

async function write(
  ports: CompletePorts,
  row: AttemptRow,
  state: Completing,
  { store, run, mayGoOn }: Place,
  writing: NonNullable<Completing['writing']>,
): Promise<LogCompletion> {
  const archive = ports.logArchive;
  const { generation, rows } = writing;
  const ref = logRef(row, generation);
  const note = (now: LogGeneration['state']): Promise<void> =>
    archive.note(ref, { generation, source: state.source.name, state: now });
  const abandoned = async (counted: Completing): Promise<Completing> => {
    await note('incomplete');
    return { ...counted, writing: undefined };
  };
  await note('completing');
  const written = await writeGeneration({
    archive,
    ref,
    read: (after) => store.read(run, after),
    mayGoOn,
  });
  if (written.kind === 'more') return state;
  if (written.kind === 'changed') return abandoned(state);
  const compared = await compareGenerations({
    archive,
    first: logRef(row),
    full: ref,
    from: { first: writing.first, full: writing.full },
    mayGoOn,
  });
  if (compared.kind === 'more') return { ...state, writing: { ...writing, ...compared.compared } };
  if (compared.kind === 'lacks') {
    const why = `It lacks what the program was seen to print, at byte ${compared.at} of the first generation: ${JSON.stringify(compared.line)}.`;
    return { ...(await abandoned(state)), lacked: { rows, why } };
  }
  // Rows may have come while it was written.
  const counted = withCount(state, await store.count(run), ports.clock.now(), ports.times);
  if (counted.writing === undefined) return abandoned(counted);
  await note('complete');
  return completed(state, { generation, bytes: written.bytes, at: ports.clock.now() });
}

function completed(
  { live, source }: Completing,
  of: { readonly generation: number; readonly bytes: number; readonly at: number },
): LogCompletion {
  return { state: 'complete', live, source, ...of };
}

function logRef({ jobId, number }: AttemptRow, generation?: number): LogRef {
  return { jobId, attempt: number, container: CONTAINER_NAME, generation };
}

function noStore(placement: string): string {
  return `Placement "${placement}" is not configured any more, or names no store of logs any more.`;
}

const NO_RUN = 'No look showed the name of its run, and a log is found by that name.';

function waitedFor({ rows, lacked, source }: Completing): string {
  if (lacked !== undefined) return `${source.name} is not complete. ${lacked.why}`;
  const told =
    rows === undefined || rows.count === 0
      ? 'it has no row of this run. See that the environment writes its logs there.'
      : `it has ${rows.count} rows, and more came again and again.`;
  return `${source.name} was waited for in vain: ${told}`;
}
