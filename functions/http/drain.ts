// POST /api/drain: stops or restarts admission. Running jobs go on; waiting jobs go on waiting.
import { app, type HttpRequest, type HttpResponseInit } from '@azure/functions';

import { drainSchema } from '../../api/drain';
import type { Services } from '../../app/services';
import { PLAIN_KICK } from '../../jobs/placement/kick';
import { ok } from '../answers/problem';
import { readBody } from '../answers/read-body';
import { NO_PARAMETERS } from '../answers/read-query';
import { withQuery } from '../answers/with-query';

export function registerDrain(services: Services): void {
  app.http('drain', {
    methods: ['POST'],
    authLevel: 'function',
    route: 'drain',
    handler: withQuery(NO_PARAMETERS, (request) => drain(services, request)),
  });
}

async function drain(services: Services, request: HttpRequest): Promise<HttpResponseInit> {
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
