// POST /api/jobs/resubmit: new jobs from those that ended in a state, a page of them at a time.
import { app, type HttpRequest, type HttpResponseInit, type InvocationContext } from '@azure/functions';

import { resubmitJobsSchema } from '../../api/resubmit-jobs';
import type { Services } from '../../app/services';
import { resubmitMany } from '../../jobs/job/resubmit-many';
import { idempotencyKey } from '../answers/idempotency-key';
import { readBody } from '../answers/read-body';
import { NO_PARAMETERS } from '../answers/read-query';
import { withQuery } from '../answers/with-query';
import { DURABLE_CLIENT } from '../context';
import { dispatchNow } from '../dispatch-now';

export function registerResubmitJobs(services: Services): void {
  app.http('resubmitJobs', {
    methods: ['POST'],
    authLevel: 'function',
    route: 'jobs/resubmit',
    extraInputs: [DURABLE_CLIENT],
    handler: withQuery(NO_PARAMETERS, (request, context) => resubmitJobs(services, request, context)),
  });
}

async function resubmitJobs(
  services: Services,
  request: HttpRequest,
  context: InvocationContext,
): Promise<HttpResponseInit> {
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
