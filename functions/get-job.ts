// GET /api/jobs/{id}: one job; answers at its next change on request.
import { app, type HttpRequest, type HttpResponseInit } from '@azure/functions';

import type { Services } from '../app/services';
import { jobQuerySchema } from '../domain/api/jobs';
import { JOB_ID } from '../domain/job-id';
import type { JobRecords } from '../domain/job-store';
import { jobView } from '../domain/job-view';
import { isKnownBy, jobEtag } from './job-etag';
import { noSuchJob, ok } from './problem';
import { readQuery } from './read-query';
import { tooManyWaiters } from './too-many-waiters';

export function registerGetJob(services: Services): void {
  app.http('getJob', {
    methods: ['GET'],
    authLevel: 'function',
    route: 'jobs/{id}',
    handler: (request) => getJob(services, request),
  });
}

async function getJob(services: Services, request: HttpRequest): Promise<HttpResponseInit> {
  const id = request.params['id'] ?? '';
  const read = readQuery(request, jobQuerySchema);
  if (!read.ok) return read.problem;
  const records = JOB_ID.test(id) ? await services.jobs.read(id) : undefined;
  if (records === undefined) return noSuchJob(id);
  const etag = jobEtag(records);
  const known = request.headers.get('if-none-match');
  if (!isKnownBy(known, etag)) return found(services, records, etag);
  if (read.query.wait === 0) return { status: 304, headers: { etag } };
  const watched = await services.watch.wait(
    id,
    (now) => now === undefined || !isKnownBy(known, jobEtag(now)),
    read.query.wait * 1000,
  );
  switch (watched.kind) {
    case 'too-many':
      return tooManyWaiters();
    case 'unchanged':
      return { status: 304, headers: { etag } };
    case 'news':
      return watched.records === undefined
        ? noSuchJob(id)
        : found(services, watched.records, jobEtag(watched.records));
  }
}

function found(services: Services, records: JobRecords, etag: string): HttpResponseInit {
  const pricing = { placements: services.placements, now: services.clock.now() };
  return ok(jobView(records, pricing), { etag });
}
