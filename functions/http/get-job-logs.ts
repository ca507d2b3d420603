// GET /api/jobs/{id}/logs: the archived log of an attempt by byte offset; waits for more on request.
import { app, type HttpRequest, type HttpResponseInit } from '@azure/functions';

import { jobLogsQuerySchema } from '../../api/jobs';
import type { Services } from '../../app/services';
import { JOB_ID } from '../../domain/job/names';
import { CONTAINER_NAME } from '../../domain/ports/compute-backend';
import type { JobRecords } from '../../domain/ports/job-store';
import { type LogSlice, readLogs } from '../../jobs/logs/read-logs';
import { tailOffset } from '../../jobs/logs/tail-offset';
import { noSuchJob, problem } from '../answers/problem';
import { readQuery } from '../answers/read-query';
import { tooManyWaiters } from '../answers/too-many-waiters';

const MAX_BYTES = 4 * 1024 * 1024;
/** While somebody waits: so often the archive is looked at for bytes, and the job's rows for its end. */
const LOOK_EVERY_MS = 500;
const ROWS_EVERY_MS = 1_000;
/** Each looks for itself: they wait at different offsets. */
const MAX_WAITERS = 50;

interface Asked {
  readonly jobId: string;
  readonly attempt: number;
  /** Byte offset. */
  readonly from: number;
  /** Seconds. */
  readonly wait: number;
}

export function registerGetJobLogs(services: Services): void {
  const waiters = { count: 0 };
  app.http('getJobLogs', {
    methods: ['GET'],
    authLevel: 'function',
    route: 'jobs/{id}/logs',
    handler: (request) => getJobLogs(services, waiters, request),
  });
}

/** Plain text, never with marks of ours in it: where it goes on and where bytes are missing stands in headers (I6). */
async function getJobLogs(
  services: Services,
  waiters: { count: number },
  request: HttpRequest,
): Promise<HttpResponseInit> {
  const id = request.params['id'] ?? '';
  const read = readQuery(request, jobLogsQuerySchema);
  if (!read.ok) return read.problem;
  const records = JOB_ID.test(id) ? await services.jobs.read(id) : undefined;
  if (records === undefined) return noSuchJob(id);
  const attempt = read.query.attempt ?? records.job.row.attempt;
  const { from, tail, wait } = read.query;
  if (from !== undefined && tail !== undefined) {
    const errors = [{ parameter: 'tail', detail: 'is given beside from' }];
    return problem(
      400,
      'Bad query',
      'from and tail are both given, and each says where to begin: leave one out.',
      {
        errors,
      },
    );
  }
  const ref = { jobId: id, attempt, container: CONTAINER_NAME };
  const start = tail === undefined ? (from ?? 0) : await tailOffset(services.logArchive, ref, tail);
  const asked = { jobId: id, attempt, from: start, wait };
  // The rows first: a log that is over by then is complete in the reading that follows.
  const first = await sliceOf(services, asked, isLogOver(records, attempt));
  if (first.bytes.length > 0 || first.final || wait === 0) return answer(first, start);
  if (waiters.count >= MAX_WAITERS) return tooManyWaiters();
  waiters.count += 1;
  try {
    return answer(await nextSlice(services, asked), start);
  } finally {
    waiters.count -= 1;
  }
}

function answer(slice: LogSlice, from: number): HttpResponseInit {
  return {
    status: 200,
    headers: {
      'content-type': 'text/plain; charset=utf-8',
      'x-log-from': String(from),
      'x-log-next': String(slice.next),
      'x-log-final': String(slice.final),
      'x-log-gaps': JSON.stringify(slice.gaps),
    },
    body: slice.bytes,
  };
}

/** The next bytes, or none when the log is over or the time is up. */
async function nextSlice(services: Services, asked: Asked): Promise<LogSlice> {
  const { clock, jobs } = services;
  const until = clock.monotonic() + asked.wait * 1000;
  let over = false;
  let rowsReadAt = clock.monotonic();
  for (;;) {
    await services.pause(Math.max(0, Math.min(LOOK_EVERY_MS, until - clock.monotonic())));
    const now = clock.monotonic();
    if (!over && now - rowsReadAt >= ROWS_EVERY_MS) {
      const records = await jobs.read(asked.jobId);
      over = records !== undefined && isLogOver(records, asked.attempt);
      rowsReadAt = now;
    }
    const slice = await sliceOf(services, asked, over);
    if (slice.bytes.length > 0 || slice.final || clock.monotonic() >= until) return slice;
  }
}

async function sliceOf(services: Services, asked: Asked, over: boolean): Promise<LogSlice> {
  const ref = { jobId: asked.jobId, attempt: asked.attempt, container: CONTAINER_NAME };
  const slice = await readLogs(services.logArchive, ref, { from: asked.from, maxBytes: MAX_BYTES });
  return { ...slice, final: slice.final || (over && slice.bytes.length < MAX_BYTES) };
}

/** Whether nothing will be archived any more; also of an attempt that never started, or never came to be. */
function isLogOver({ job, attempts }: JobRecords, attempt: number): boolean {
  const row = attempts.find((candidate) => candidate.row.number === attempt)?.row;
  return row === undefined ? job.row.state === 'over' : row.cleanup !== 'none';
}
