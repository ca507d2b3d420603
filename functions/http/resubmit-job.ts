// POST /api/jobs/{id}/resubmit: a new job from one that is over.
import { app, type HttpRequest, type HttpResponseInit, type InvocationContext } from '@azure/functions';

import { resubmitJobSchema } from '../../api/resubmit-jobs';
import type { Services } from '../../app/services';
import { JOB_ID } from '../../domain/job/names';
import { resubmit } from '../../jobs/job/resubmit';
import { resubmissionKey } from '../../jobs/job/resubmit-many';
import { idempotencyKey } from '../answers/idempotency-key';
import { invalidSpec, noSuchJob, problem } from '../answers/problem';
import { readBody } from '../answers/read-body';
import { NO_PARAMETERS } from '../answers/read-query';
import { accepted, keyUsedAlready, noPlacement } from '../answers/submission-answers';
import { withQuery } from '../answers/with-query';
import { DURABLE_CLIENT } from '../context';
import { dispatchNow } from '../dispatch-now';

export function registerResubmitJob(services: Services): void {
  app.http('resubmitJob', {
    methods: ['POST'],
    authLevel: 'function',
    route: 'jobs/{id}/resubmit',
    extraInputs: [DURABLE_CLIENT],
    handler: withQuery(NO_PARAMETERS, (request, context) => resubmitJob(services, request, context)),
  });
}

async function resubmitJob(
  services: Services,
  request: HttpRequest,
  context: InvocationContext,
): Promise<HttpResponseInit> {
  const id = request.params['id'] ?? '';
  if (!JOB_ID.test(id)) return noSuchJob(id);
  const read = idempotencyKey(request);
  if (!read.ok) return read.problem;
  const asked = await readBody(request, resubmitJobSchema, {
    ifEmpty: {},
    title: 'Say what is to be otherwise',
    detail: 'The body is empty, or {"overrides": {…}} with fields of the spec.',
  });
  if (!asked.ok) return asked.problem;
  const { overrides } = asked.body;
  const result = await resubmit(services, { jobId: id, key: resubmissionKey({ id }, read.key), overrides });
  switch (result.kind) {
    case 'accepted':
      await dispatchNow(services, context);
      return accepted(result.jobId, { changed: result.changed });
    case 'conflict':
      return keyUsedAlready(result.jobId);
    case 'forbidden':
      return invalidSpec(result.problems);
    case 'no-placement':
      return noPlacement(result.refusals);
    case 'no-such-job':
      return noSuchJob(id);
    case 'not-over':
      return problem(
        409,
        'The job is not over',
        `Job ${id} still waits or runs. Cancel it first, or submit a new job.`,
      );
    case 'unusable':
      return invalidSpec(result.problems);
  }
}
