// GET /api/jobs/{id}/logs: the archived log of an attempt by byte offset; waits for more on request.
import { app, type HttpHandler, type HttpResponseInit } from '@azure/functions';
import type { z } from 'zod';

import { jobLogsQuerySchema } from '../../api/jobs';
import type { Services } from '../../app/services';
import { JOB_ID } from '../../domain/job/names';
import { CONTAINER_NAME } from '../../domain/ports/compute-backend';
import { attemptNumbered } from '../../domain/ports/job-store';
import type { LogArchive } from '../../domain/ports/log-archive';
import { createLogFollower, type FollowerParts, type LogFollower } from '../../jobs/logs/follow-log';
import type { LogSlice } from '../../jobs/logs/read-logs';
import { noSuchJob, problem } from '../answers/problem';
import { tooManyWaiters } from '../answers/too-many-waiters';
import { withQuery } from '../answers/with-query';

export function registerGetJobLogs(services: Services): void {
  app.http('getJobLogs', {
    methods: ['GET'],
    authLevel: 'function',
    route: 'jobs/{id}/logs',
    handler: jobLogsHandler(services),
  });
}

export function jobLogsHandler(services: FollowerParts): HttpHandler {
  const follow = createLogFollower(services);
  return withQuery(jobLogsQuerySchema, (request, _context, query) =>
    getJobLogs(services, follow, request.params['id'] ?? '', query),
  );
}

async function getJobLogs(
  services: FollowerParts,
  follow: LogFollower,
  id: string,
  query: z.infer<typeof jobLogsQuerySchema>,
): Promise<HttpResponseInit> {
  const records = JOB_ID.test(id) ? await services.jobs.read(id) : undefined;
  if (records === undefined) return noSuchJob(id);
  const { attempt = records.job.row.attempt, generation, from, tail, wait } = query;
  if (from !== undefined && tail !== undefined) return twoBeginnings();
  const begin = tail === undefined ? { from: from ?? 0 } : { tail };
  const { jobId } = records.job.row;
  if (generation > 1 && !(await isKnown(services.logArchive, { jobId, attempt, generation })))
    return noSuchGeneration(jobId, attempt, generation);
  const followed = await follow({ records, attempt, generation, begin, waitMs: wait * 1000 });
  if (followed.kind === 'too-many') return tooManyWaiters();
  const completion = attemptNumbered(records, attempt)?.row.logCompletion;
  return answer(followed.slice, followed.from, {
    'x-log-generation': String(generation),
    ...(completion === undefined ? {} : { 'x-log-state': completion.state }),
    ...(completion?.state === 'complete' && completion.generation > generation
      ? { 'x-log-fuller': String(completion.generation) }
      : {}),
  });
}

interface Generation {
  readonly jobId: string;
  readonly attempt: number;
  readonly generation: number;
}

async function isKnown(archive: LogArchive, { jobId, attempt, generation }: Generation): Promise<boolean> {
  const { index } = await archive.read({ jobId, attempt, container: CONTAINER_NAME }, 0, 0);
  return index.generations?.some((known) => known.generation === generation) === true;
}

function noSuchGeneration(id: string, attempt: number, generation: number): HttpResponseInit {
  const detail = `The log of attempt ${attempt} of job ${id} has no generation ${generation}. The attempt's log, of GET /api/jobs/${id}, names the one that is whole.`;
  return problem(404, 'No such generation', detail);
}

function twoBeginnings(): HttpResponseInit {
  const errors = [{ parameter: 'tail', detail: 'is given beside from' }];
  const detail = 'from and tail are both given, and each says where to begin: leave one out.';
  return problem(400, 'Bad query', detail, { errors });
}

/** Plain text, never with marks of ours in it. The next offset and the gaps stand in headers (I6). */
function answer(
  slice: LogSlice,
  from: number,
  generation: Readonly<Record<string, string>>,
): HttpResponseInit {
  return {
    status: 200,
    headers: {
      'content-type': 'text/plain; charset=utf-8',
      'x-log-from': String(from),
      'x-log-next': String(slice.next),
      'x-log-final': String(slice.final),
      'x-log-gaps': JSON.stringify(slice.gaps),
      ...generation,
    },
    body: slice.bytes,
  };
}
