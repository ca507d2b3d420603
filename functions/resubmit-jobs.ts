// POST /api/jobs/resubmit: new jobs from those that ended in a state, a page of them at a time.
import { app, type HttpRequest, type HttpResponseInit, type InvocationContext } from '@azure/functions';

import type { Services } from '../app/services';
import { resubmitJobsSchema } from '../domain/api/resubmit-jobs';
import { problemsOf } from '../domain/job-spec';
import { parseUntrusted } from '../domain/parse-untrusted';
import { resubmitMany } from '../jobs/resubmit-many';
import { DURABLE_CLIENT } from './context';
import { dispatchNow } from './dispatch-now';
import { idempotencyKey } from './idempotency-key';
import { problem } from './problem';
import { readJson } from './read-json';
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
  const json = await readJson(request);
  if (!json.ok) return json.problem;
  const body = parseUntrusted(resubmitJobsSchema, json.value);
  if (!body.success) {
    const errors = problemsOf(body.error).map(({ pointer, message }) => ({ pointer, detail: message }));
    const detail = 'The body is {"state": "Failed"}, with label, since, until and continuation as needed.';
    return problem(400, 'Say what to resubmit', detail, { errors });
  }
  const read = idempotencyKey(request);
  if (!read.ok) return read.problem;
  const result = await resubmitMany(services, body.data, read.key);
  if (result.resubmitted.length > 0) await dispatchNow(services, context);
  return { status: 202, jsonBody: result };
}
