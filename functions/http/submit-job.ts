// POST /api/jobs: a document in any accepted format becomes a job.
import { randomUUID } from 'node:crypto';

import { app, type HttpRequest, type HttpResponseInit, type InvocationContext } from '@azure/functions';

import { MAX_KEY_CHARACTERS } from '../../api/submissions';
import type { Services } from '../../app/services';
import { policyProblems } from '../../domain/spec/submission-rules';
import { submit } from '../../jobs/job/submit';
import { problem } from '../answers/problem';
import { readDocument, refusedSpec } from '../answers/read-document';
import { accepted, keyUsedAlready, noPlacement } from '../answers/submission-answers';
import { DURABLE_CLIENT } from '../context';
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
  const read = await readDocument(request, services.times.unknownFateS);
  if (!read.ok) return read.problem;
  const { document } = read;
  const { spec } = document;
  const refused = policyProblems(spec, { literalSecrets: true, vault: services.vault !== undefined });
  if (refused.length > 0) return refusedSpec(refused, document);

  const header = request.headers.get('idempotency-key') ?? undefined;
  if (header !== undefined && (header === '' || header.length > MAX_KEY_CHARACTERS)) {
    return problem(
      400,
      'Bad Idempotency-Key',
      `The header has ${header.length} characters, must have 1 to ${MAX_KEY_CHARACTERS}.`,
    );
  }
  if (header !== undefined && spec.idempotencyKey !== undefined && header !== spec.idempotencyKey) {
    return problem(
      400,
      'Two idempotency keys',
      'The Idempotency-Key header and the field idempotencyKey differ; give one, or the same.',
    );
  }
  const key = header ?? spec.idempotencyKey ?? randomUUID();
  const submitted = await submit(services, { spec, key, source: 'http' });
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
