// POST /api/jobs/resubmit: new jobs from those that ended in a state, a page of them at a time.
import { app, type HttpRequest, type HttpResponseInit, type InvocationContext } from '@azure/functions';

import type { Services } from '../app/services';
import { resubmitJobsSchema } from '../domain/api/resubmit-jobs';
import { resubmitMany } from '../jobs/resubmit-many';
import { DURABLE_CLIENT } from './context';
import { dispatchNow } from './dispatch-now';
import { idempotencyKey } from './idempotency-key';
import { readBody } from './read-body';
import { NO_PARAMETERS, readQuery } from './read-query';

export function registerResubmitJobs(services: Services): void {
  app.http('resubmitJobs', {
    methods: ['POST'],
    authLevel: 'function',
    route: 'jobs/resubmit',
    extraInputs: [DURABLE_CLIENT],
    handler: (request, context) => resubmitJobs(services, request, context),
  });
}

async function resubmitJobs(
  services: Services,
  request: HttpRequest,
  context: InvocationContext,
): Promise<HttpResponseInit> {
  const query = readQuery(request, NO_PARAMETERS);
  if (!query.ok) return query.problem;
  const read = await readBody(request, resubmitJobsSchema, {
    title: 'Say what to resubmit',
    detail: 'The body is {"state": "Failed"}, with label, since, until and continuation as needed.',
  });
  if (!read.ok) return read.problem;
  const given = idempotencyKey(request);
  if (!given.ok) return given.problem;
  const result = await resubmitMany(services, read.body, given.key);
  if (result.resubmitted.length > 0) await dispatchNow(services, context);
  return { status: 202, jsonBody: result };
}
