// Follows an archived log: the bytes at an offset at once, or the next ones as soon as there are any.
import type { Clock } from '../../domain/ports/clock';
import { CONTAINER_NAME } from '../../domain/ports/compute-backend';
import { attemptNumbered, type JobRecords, type JobStore } from '../../domain/ports/job-store';
import type { LogArchive, LogRef } from '../../domain/ports/log-archive';
import { type LogSlice, readLogs } from './read-logs';
import { tailOffset } from './tail-offset';

/** What one look answers at most, bytes. */
const MAX_BYTES = 4 * 1024 * 1024;
/** While a follower waits: how often the archive is looked at for bytes, and the job's rows for its end. */
const LOOK_EVERY_MS = 500;
const ROWS_EVERY_MS = 1_000;
/** Followers that wait at a time in one process. Each looks for itself, because each waits at an offset of its own. */
const MAX_FOLLOWERS = 50;

export interface FollowerParts {
  readonly clock: Clock;
  /** Resolves after so many milliseconds. */
  readonly pause: (ms: number) => Promise<void>;
  readonly jobs: JobStore;
  readonly logArchive: LogArchive;
}

export interface LogWish {
  /** The job's rows, read just before. */
  readonly records: JobRecords;
  readonly attempt: number;
  /** Default: the first. */
  readonly generation?: number;
  /** A byte offset, or how many lines before the end. */
  readonly begin: { readonly from: number } | { readonly tail: number };
  /** How long to wait for the first byte, milliseconds; 0: not at all. */
  readonly waitMs: number;
}

export type Followed =
  /** `from`: the byte offset at which the slice begins. */
  | { readonly kind: 'read'; readonly from: number; readonly slice: LogSlice }
  /** There is nothing to read yet, and as many wait already as this process lets wait. */
  | { readonly kind: 'too-many' };

/** Answers where the log has bytes, is over, or the time is up. Rejects when a store does not answer. */
export type LogFollower = (wish: LogWish) => Promise<Followed>;

/** All followers of one process: they share its limit. */
export function createLogFollower(ports: FollowerParts, maxFollowers = MAX_FOLLOWERS): LogFollower {
  let waiting = 0;
  return async ({ records, attempt, generation, begin, waitMs }) => {
    const { jobId } = records.job.row;
    const ref: LogRef = { jobId, attempt, container: CONTAINER_NAME, generation };
    const from = 'from' in begin ? begin.from : await tailOffset(ports.logArchive, ref, begin.tail);
    const place: Place = { ref, from };
    // The rows were read first: a log that was over by then is complete in the reading that follows.
    const first = await sliceAt(ports, place, isLogOver(records, ref));
    if (hasNews(first) || waitMs === 0) return { kind: 'read', from, slice: first };
    if (waiting >= maxFollowers) return { kind: 'too-many' };
    waiting += 1;
    try {
      return { kind: 'read', from, slice: await nextSlice(ports, place, waitMs) };
    } finally {
      waiting -= 1;
    }
  };
}

interface Place {
  readonly ref: LogRef;
  /** Byte offset. */
  readonly from: number;
}

/** The next bytes, or none when the log is over or the time is up. */
async function nextSlice(ports: FollowerParts, place: Place, waitMs: number): Promise<LogSlice> {
  const { clock, jobs, pause } = ports;
  const until = clock.monotonic() + waitMs;
  let over = false;
  let rowsReadAt = clock.monotonic();
  for (;;) {
    await pause(Math.max(0, Math.min(LOOK_EVERY_MS, until - clock.monotonic())));
    const now = clock.monotonic();
    if (!over && now - rowsReadAt >= ROWS_EVERY_MS) {
      const records = await jobs.read(place.ref.jobId);
      over = records !== undefined && isLogOver(records, place.ref);
      rowsReadAt = now;
    }
    const slice = await sliceAt(ports, place, over);
    if (hasNews(slice) || clock.monotonic() >= until) return slice;
  }
}

function hasNews(slice: LogSlice): boolean {
  return slice.bytes.length > 0 || slice.final;
}

async function sliceAt(ports: FollowerParts, place: Place, over: boolean): Promise<LogSlice> {
  const slice = await readLogs(ports.logArchive, place.ref, { from: place.from, maxBytes: MAX_BYTES });
  return { ...slice, final: slice.final || (over && slice.bytes.length < MAX_BYTES) };
}

/** Whether nothing will be archived any more; also of an attempt that never started, or never came to be. */
function isLogOver(records: JobRecords, { attempt, generation = 1 }: LogRef): boolean {
  const row = attemptNumbered(records, attempt)?.row;
  if (row === undefined) return records.job.row.state === 'over';
  if (generation === 1) return row.cleanup !== 'none';
  const { logCompletion: log } = row;
  return log?.state !== 'completing' || log.writing?.generation !== generation;
}
