// POST /api/jobs/cancel: ends all jobs that are not over, or those with the given labels.
import { app, type HttpRequest, type HttpResponseInit, type InvocationContext } from '@azure/functions';

import type { Services } from '../app/services';
import { cancelJobsSchema } from '../domain/api/cancel-jobs';
import { problemsOf } from '../domain/job-spec';
import { cancelMany } from '../jobs/cancel-many';
import { DURABLE_CLIENT, withStarter } from './context';
import { problem } from './problem';
import { readJson } from './read-json';
import { NO_PARAMETERS, readQuery } from './read-query';

export function registerCancelJobs(services: Services): void {
  app.http('cancelJobs', {
    methods: ['POST'],
    authLevel: 'function',
    route: 'jobs/cancel',
    extraInputs: [DURABLE_CLIENT],
    handler: (request, context) => cancelJobs(services, request, context),
  });
}

async function cancelJobs(
  services: Services,
  request: HttpRequest,
  context: InvocationContext,
): Promise<HttpResponseInit> {
  const query = readQuery(request, NO_PARAMETERS);
  if (!query.ok) return query.problem;
  const json = await readJson(request);
  if (!json.ok) return json.problem;
  const body = cancelJobsSchema.safeParse(json.value);
  if (!body.success) {
    const errors = problemsOf(body.error).map(({ pointer, message }) => ({ pointer, detail: message }));
    return problem(400, 'Say what to cancel', 'The body is {"all": true} or {"labels": {"name": "value"}}.', {
      errors,
    });
  }
  const labels = 'labels' in body.data ? body.data.labels : {};
  const canceled = await cancelMany(withStarter(services, context), { labels });
  return { status: 202, jsonBody: { canceled } };
}
