// POST /api/jobs/cancel: ends all jobs that are not over, or those that fit a filter.
import { app, type HttpRequest, type HttpResponseInit, type InvocationContext } from '@azure/functions';

import { cancelJobsSchema } from '../../api/cancel-jobs';
import type { Services } from '../../app/services';
import { cancelMany } from '../../jobs/job/cancel-many';
import { readBody } from '../answers/read-body';
import { NO_PARAMETERS } from '../answers/read-query';
import { withQuery } from '../answers/with-query';
import { DURABLE_CLIENT, withStarter } from '../context';

export function registerCancelJobs(services: Services): void {
  app.http('cancelJobs', {
    methods: ['POST'],
    authLevel: 'function',
    route: 'jobs/cancel',
    extraInputs: [DURABLE_CLIENT],
    handler: withQuery(NO_PARAMETERS, (request, context) => cancelJobs(services, request, context)),
  });
}

async function cancelJobs(
  services: Services,
  request: HttpRequest,
  context: InvocationContext,
): Promise<HttpResponseInit> {
  const read = await readBody(request, cancelJobsSchema, {
    title: 'Say what to cancel',
    detail:
      'The body is {"all": true}, or names what the jobs have in common: labels, states, schedule, name, placements, since, until.',
  });
  if (!read.ok) return read.problem;
  const filter = 'all' in read.body ? {} : read.body;
  const canceled = await cancelMany(withStarter(services, context), filter);
  return { status: 202, jsonBody: { canceled } };
}
