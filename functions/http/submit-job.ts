// POST /api/jobs: a document in any accepted format becomes a job.
import { app, type HttpRequest, type HttpResponseInit, type InvocationContext } from '@azure/functions';

import type { Services } from '../../app/services';
import { submitArray } from '../../jobs/group/submit-array';
import { submit } from '../../jobs/job/submit';
import { idempotencyKey } from '../answers/idempotency-key';
import { refusedSpec, type TakenDocument } from '../answers/read-document';
import { readSubmission } from '../answers/read-submission';
import { accepted, acceptedGroup, keyUsedAlready, noPlacement } from '../answers/submission-answers';
import { DURABLE_CLIENT, withStarter } from '../context';
import { dispatchNow } from '../dispatch-now';

export function registerSubmitJob(services: Services): void {
  app.http('submitJob', {
    methods: ['POST'],
    authLevel: 'function',
    route: 'jobs',
    extraInputs: [DURABLE_CLIENT],
    handler: (request, context) => submitJob(services, request, context),
  });
}

async function submitJob(
  services: Services,
  request: HttpRequest,
  context: InvocationContext,
): Promise<HttpResponseInit> {
  const read = await readSubmission(services, request);
  if (!read.ok) return read.problem;
  const { document } = read;
  const { spec } = document;
  const given = idempotencyKey(request, spec.idempotencyKey);
  if (!given.ok) return given.problem;
  if (spec.array !== undefined) return submitGroup(services, context, document, given.key);
  const submitted = await submit(services, { spec, key: given.key, source: 'http' });
  switch (submitted.kind) {
    case 'accepted':
      await dispatchNow(services, context);
      return accepted(submitted.jobId, { notes: document.notes });
    case 'conflict':
      return keyUsedAlready(submitted.jobId);
    case 'forbidden':
      return refusedSpec(submitted.problems, document);
    case 'no-placement':
      return noPlacement(submitted.refusals);
  }
}

async function submitGroup(
  services: Services,
  context: InvocationContext,
  document: TakenDocument,
  key: string,
): Promise<HttpResponseInit> {
  const { spec, notes } = document;
  const submitted = await submitArray(withStarter(services, context), { spec, key, source: 'http' });
  switch (submitted.kind) {
    case 'accepted':
      await dispatchNow(services, context);
      return acceptedGroup(submitted, notes);
    case 'conflict':
      return keyUsedAlready(submitted.id);
    case 'forbidden':
      return refusedSpec(submitted.problems, document);
    case 'no-placement':
      return noPlacement(submitted.refusals);
  }
}
