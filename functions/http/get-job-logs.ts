// GET /api/jobs/{id}/logs: the archived log of an attempt by byte offset; waits for more on request.
import { app, type HttpResponseInit } from '@azure/functions';
import type { z } from 'zod';

import { jobLogsQuerySchema } from '../../api/jobs';
import type { Services } from '../../app/services';
import { JOB_ID } from '../../domain/job/names';
import { createLogFollower, type LogFollower } from '../../jobs/logs/follow-log';
import type { LogSlice } from '../../jobs/logs/read-logs';
import { noSuchJob, problem } from '../answers/problem';
import { tooManyWaiters } from '../answers/too-many-waiters';
import { withQuery } from '../answers/with-query';

export function registerGetJobLogs(services: Services): void {
  const follow = createLogFollower(services);
  app.http('getJobLogs', {
    methods: ['GET'],
    authLevel: 'function',
    route: 'jobs/{id}/logs',
    handler: withQuery(jobLogsQuerySchema, (request, _context, query) =>
      getJobLogs(services, follow, request.params['id'] ?? '', query),
    ),
  });
}

async function getJobLogs(
  services: Services,
  follow: LogFollower,
  id: string,
  query: z.infer<typeof jobLogsQuerySchema>,
): Promise<HttpResponseInit> {
  const records = JOB_ID.test(id) ? await services.jobs.read(id) : undefined;
  if (records === undefined) return noSuchJob(id);
  const { attempt = records.job.row.attempt, from, tail, wait } = query;
  if (from !== undefined && tail !== undefined) return twoBeginnings();
  const begin = tail === undefined ? { from: from ?? 0 } : { tail };
  const followed = await follow({ records, attempt, begin, waitMs: wait * 1000 });
  return followed.kind === 'too-many' ? tooManyWaiters() : answer(followed.slice, followed.from);
}

function twoBeginnings(): HttpResponseInit {
  const errors = [{ parameter: 'tail', detail: 'is given beside from' }];
  const detail = 'from and tail are both given, and each says where to begin: leave one out.';
  return problem(400, 'Bad query', detail, { errors });
}

/** Plain text, never with marks of ours in it. The next offset and the gaps stand in headers (I6). */
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
