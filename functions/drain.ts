// POST /api/drain: stops admission, or takes it up again. What runs goes on, what waits goes on waiting.
import { app, type HttpRequest, type HttpResponseInit } from '@azure/functions';

import type { Services } from '../app/services';
import { drainSchema } from '../domain/api/drain';
import { problemsOf } from '../domain/job-spec';
import { PLAIN_KICK } from '../jobs/kick';
import { ok, problem } from './problem';
import { readJson } from './read-json';
import { NO_PARAMETERS, readQuery } from './read-query';

export function registerDrain(services: Services): void {
  app.http('drain', {
    methods: ['POST'],
    authLevel: 'function',
    route: 'drain',
    handler: (request) => drain(services, request),
  });
}

async function drain(services: Services, request: HttpRequest): Promise<HttpResponseInit> {
  const query = readQuery(request, NO_PARAMETERS);
  if (!query.ok) return query.problem;
  const json = await readJson(request);
  if (!json.ok) return json.problem;
  const body = drainSchema.safeParse(json.value);
  if (!body.success) {
    const errors = problemsOf(body.error).map(({ pointer, message }) => ({ pointer, detail: message }));
    return problem(400, 'Say whether to drain', 'The body is {"draining": true} or {"draining": false}.', {
      errors,
    });
  }
  await services.control.setDraining(body.data.draining);
  if (!body.data.draining) await services.kicks.send(PLAIN_KICK);
  return ok(await services.control.read());
}
