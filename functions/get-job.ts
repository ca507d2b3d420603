// GET /api/jobs/{id}: one job.
import { app, type HttpResponseInit } from '@azure/functions';

import type { Services } from '../app/services';
import { JOB_ID } from '../domain/job-id';
import { jobView } from '../domain/job-view';
import { noSuchJob, ok } from './problem';

export function registerGetJob(services: Services): void {
  app.http('getJob', {
    methods: ['GET'],
    authLevel: 'function',
    route: 'jobs/{id}',
    handler: (request) => getJob(services, request.params['id'] ?? ''),
  });
}

async function getJob(services: Services, id: string): Promise<HttpResponseInit> {
  const records = JOB_ID.test(id) ? await services.jobs.read(id) : undefined;
  return records === undefined ? noSuchJob(id) : ok(jobView(records));
}
