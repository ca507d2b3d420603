// POST /api/jobs: a job spec as JSON becomes a job.
import { randomUUID } from 'node:crypto';

import { app, type HttpRequest, type HttpResponseInit, type InvocationContext } from '@azure/functions';

import type { Services } from '../app/services';
import { parseJobSpec } from '../domain/job-spec';
import { policyProblems } from '../domain/spec-policy';
import { submit } from '../jobs/submit';
import { DURABLE_CLIENT } from './context';
import { dispatchNow } from './dispatch-now';
import { invalidSpec, problem } from './problem';
import { readJson } from './read-json';
import { accepted, keyUsedAlready, noPlacement } from './submission-answers';

const MAX_KEY_CHARACTERS = 256;

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
  const json = await readJson(request);
  if (!json.ok) return json.problem;
  const parsed = parseJobSpec(json.value, services.times.unknownFateS);
  if (!parsed.ok) return invalidSpec(parsed.problems);
  const forbidden = policyProblems(parsed.spec, {
    literalSecrets: true,
    vault: services.vault !== undefined,
  });
  if (forbidden.length > 0) return invalidSpec(forbidden);

  const header = request.headers.get('idempotency-key') ?? undefined;
  if (header !== undefined && (header === '' || header.length > MAX_KEY_CHARACTERS)) {
    return problem(
      400,
      'Bad Idempotency-Key',
      `The header has ${header.length} characters, must have 1 to ${MAX_KEY_CHARACTERS}.`,
    );
  }
  if (
    header !== undefined &&
    parsed.spec.idempotencyKey !== undefined &&
    header !== parsed.spec.idempotencyKey
  ) {
    return problem(
      400,
      'Two idempotency keys',
      'The Idempotency-Key header and the field idempotencyKey differ; give one, or the same.',
    );
  }
  const key = header ?? parsed.spec.idempotencyKey ?? randomUUID();
  const submitted = await submit(services, { spec: parsed.spec, key, source: 'http' });
  switch (submitted.kind) {
    case 'accepted':
      await dispatchNow(services, context);
      return accepted(submitted.jobId);
    case 'conflict':
      return keyUsedAlready(submitted.jobId);
    case 'forbidden':
      return invalidSpec(submitted.problems);
    case 'no-placement':
      return noPlacement(submitted.refusals);
  }
}
