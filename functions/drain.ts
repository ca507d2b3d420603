// POST /api/drain: stops admission, or takes it up again. What runs goes on, what waits goes on waiting.
import { app, type HttpRequest, type HttpResponseInit } from '@azure/functions';

import type { Services } from '../app/services';
import { drainSchema } from '../domain/api/drain';
import { PLAIN_KICK } from '../jobs/kick';
import { ok } from './problem';
import { readBody } from './read-body';
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
  const read = await readBody(request, drainSchema, {
    title: 'Say whether to drain',
    detail: 'The body is {"draining": true} or {"draining": false}.',
  });
  if (!read.ok) return read.problem;
  const { draining } = read.body;
  await services.control.setDraining(draining);
  if (!draining) await services.kicks.send(PLAIN_KICK);
  return ok(await services.control.read());
}
