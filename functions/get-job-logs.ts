// GET /api/jobs/{id}/logs: the archived log of an attempt by byte offset; waits for more on request.
import { app, type HttpRequest, type HttpResponseInit } from '@azure/functions';
import { z } from 'zod';

import type { Services } from '../app/services';
import { CONTAINER_NAME } from '../domain/compute-backend';
import { JOB_ID } from '../domain/job-id';
import { problemsOf } from '../domain/job-spec';
import { type LogSlice, readLogs } from '../jobs/read-logs';
import { noSuchJob, problem } from './problem';

const MAX_BYTES = 4 * 1024 * 1024;
const MAX_WAIT_S = 60;
const LOOK_EVERY_MS = 300;

const whole = (most: number) => z.coerce.number().int().min(0).max(most);
const querySchema = z.object({
  /** Byte offset to read from. */
  from: whole(Number.MAX_SAFE_INTEGER).default(0),
  /** Seconds to wait for bytes beyond `from`. */
  wait: whole(MAX_WAIT_S).default(0),
  /** Default: the current attempt. */
  attempt: whole(9999).optional(),
});

export function registerGetJobLogs(services: Services): void {
  app.http('getJobLogs', {
    methods: ['GET'],
    authLevel: 'function',
    route: 'jobs/{id}/logs',
    handler: (request) => getJobLogs(services, request),
  });
}

/** Plain text, never with marks of ours in it: where it goes on and where bytes are missing stands in headers (I6). */
async function getJobLogs(services: Services, request: HttpRequest): Promise<HttpResponseInit> {
  const id = request.params['id'] ?? '';
  const query = querySchema.safeParse(Object.fromEntries(request.query));
  if (!query.success) {
    const errors = problemsOf(query.error).map(({ pointer, message }) => ({
      parameter: pointer.slice(1),
      detail: message,
    }));
    return problem(400, 'Bad query', 'from, wait (at most 60 seconds) and attempt are whole numbers.', {
      errors,
    });
  }
  const records = JOB_ID.test(id) ? await services.jobs.read(id) : undefined;
  if (records === undefined) return noSuchJob(id);
  const attempt = query.data.attempt ?? records.job.row.attempt;
  const slice = await sliceOrWait(services, { ...query.data, jobId: id, attempt });
  return {
    status: 200,
    headers: {
      'content-type': 'text/plain; charset=utf-8',
      'x-log-next': String(slice.next),
      'x-log-final': String(slice.final),
      'x-log-gaps': JSON.stringify(slice.gaps),
    },
    body: slice.bytes,
  };
}

async function sliceOrWait(
  services: Services,
  of: { jobId: string; attempt: number; from: number; wait: number },
): Promise<LogSlice> {
  const ref = { jobId: of.jobId, attempt: of.attempt, container: CONTAINER_NAME };
  const until = services.clock.monotonic() + of.wait * 1000;
  for (;;) {
    // The rows first: a log that is over by then is complete in the reading that follows.
    const over = await isLogOver(services, of.jobId, of.attempt);
    const slice = await readLogs(services.logArchive, ref, { from: of.from, maxBytes: MAX_BYTES });
    const final = slice.final || (over && slice.bytes.length < MAX_BYTES);
    if (slice.bytes.length > 0 || final || services.clock.monotonic() >= until) return { ...slice, final };
    await services.pause(LOOK_EVERY_MS);
  }
}

/** Whether nothing will be archived any more; also of an attempt that never started, or never came to be. */
async function isLogOver(services: Services, jobId: string, attempt: number): Promise<boolean> {
  const records = await services.jobs.read(jobId);
  const row = records?.attempts.find((candidate) => candidate.row.number === attempt)?.row;
  return row === undefined ? records?.job.row.state === 'over' : row.cleanup !== 'none';
}
