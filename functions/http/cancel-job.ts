// POST /api/jobs/{id}/cancel: ends a job in any state; may be repeated.
import { app, type HttpRequest, type HttpResponseInit, type InvocationContext } from '@azure/functions';

import { jobView } from '../../api/views/job-view';
import type { Services } from '../../app/services';
import { JOB_ID } from '../../domain/job/names';
import { cancel } from '../../jobs/job/cancel';
import { pricingNow } from '../../jobs/placement/billing';
import { noSuchJob } from '../answers/problem';
import { NO_PARAMETERS } from '../answers/read-query';
import { withQuery } from '../answers/with-query';
import { DURABLE_CLIENT, withStarter } from '../context';

export function registerCancelJob(services: Services): void {
  app.http('cancelJob', {
    methods: ['POST'],
    authLevel: 'function',
    route: 'jobs/{id}/cancel',
    extraInputs: [DURABLE_CLIENT],
    handler: withQuery(NO_PARAMETERS, (request, context) => cancelJob(services, request, context)),
  });
}

/** 202 with the job as it stands. A job that is over stays as it is. */
async function cancelJob(
  services: Services,
  request: HttpRequest,
  context: InvocationContext,
): Promise<HttpResponseInit> {
  const id = request.params['id'] ?? '';
  if (!JOB_ID.test(id) || (await cancel(withStarter(services, context), id)) === 'no-such-job')
    return noSuchJob(id);
  const records = await services.jobs.read(id);
  if (records === undefined) return noSuchJob(id);
  return { status: 202, jsonBody: jobView(records, pricingNow(services, services.clock.now())) };
}
