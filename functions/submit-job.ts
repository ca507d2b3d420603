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

/** A spec is a few KB; more is a mistake. */
const MAX_BODY_BYTES = 256 * 1024;
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
  const body = Buffer.from(await request.arrayBuffer());
  if (body.length > MAX_BODY_BYTES) {
    return problem(
      413,
      'Body too large',
      `The body has ${body.length} bytes, at most ${MAX_BODY_BYTES} are taken.`,
    );
  }
  const json = parseJson(body);
  if (!json.ok)
    return problem(
      400,
      'Body is not JSON',
      `${json.why} A job spec is a JSON object such as {"image": "…"}.`,
    );
  const parsed = parseJobSpec(json.value, services.times.unknownFateS);
  if (!parsed.ok) return invalidSpec(parsed.problems);
  const forbidden = policyProblems(parsed.spec, { literalSecrets: true });
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
      return problem(
        409,
        'Idempotency key used already',
        `The key has made job ${submitted.jobId} from another spec. Use a new key for a new job.`,
        {
          jobId: submitted.jobId,
        },
      );
    case 'no-placement':
      return problem(
        400,
        'No placement can hold the job',
        Object.entries(submitted.refusals)
          .map(([name, why]) => `${name} ${why}`)
          .join('; '),
        {
          errors: Object.entries(submitted.refusals).map(([name, why]) => ({
            pointer: '/placements',
            placement: name,
            detail: why,
          })),
        },
      );
  }
}

function accepted(id: string): HttpResponseInit {
  const self = `/api/jobs/${id}`;
  return {
    status: 202,
    headers: { location: self },
    jsonBody: { id, state: 'Queued', links: { self, logs: `${self}/logs`, cancel: `${self}/cancel` } },
  };
}

function parseJson(body: Buffer): { ok: true; value: unknown } | { ok: false; why: string } {
  try {
    return { ok: true, value: JSON.parse(body.toString('utf8')) };
  } catch (error) {
    return { ok: false, why: error instanceof Error ? `${error.message}.` : String(error) };
  }
}
