// GET /api/jobs: jobs, newest first, a page at a time, all or by one property.
import { app, type HttpRequest, type HttpResponseInit } from '@azure/functions';

import type { Services } from '../app/services';
import { jobListQuerySchema } from '../domain/api/jobs';
import { filteredBy, listJobs } from '../jobs/list-jobs';
import { ok, problem } from './problem';
import { readQuery } from './read-query';

export function registerListJobs(services: Services): void {
  app.http('listJobs', {
    methods: ['GET'],
    authLevel: 'function',
    route: 'jobs',
    handler: (request) => list(services, request),
  });
}

async function list(services: Services, request: HttpRequest): Promise<HttpResponseInit> {
  const read = readQuery(request, jobListQuerySchema);
  if (!read.ok) return read.problem;
  const { limit, continuation, ...filter } = read.query;
  const properties = filteredBy(filter);
  if (properties.length > 1) {
    const detail = `${properties.join(' and ')} are given; jobs are listed by at most one of state, label and schedule, each within since and until. List by one and pick from the answer.`;
    const errors = properties.map((parameter) => ({ parameter, detail: 'is not combined with another' }));
    return problem(400, 'Too many filters', detail, { errors });
  }
  return ok(await listJobs(services, filter, limit, continuation));
}
