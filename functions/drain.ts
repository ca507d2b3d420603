// POST /api/drain: stops admission, or takes it up again. What runs goes on, what waits goes on waiting.
import { app, type HttpRequest, type HttpResponseInit } from '@azure/functions';
import { z } from 'zod';

import type { Services } from '../app/services';
import { PLAIN_KICK } from '../jobs/kick';
import { ok, problem } from './problem';
import { readJson } from './read-json';

const bodySchema = z.strictObject({ draining: z.boolean() });

export function registerDrain(services: Services): void {
  app.http('drain', {
    methods: ['POST'],
    authLevel: 'function',
    route: 'drain',
    handler: (request) => drain(services, request),
  });
}

async function drain(services: Services, request: HttpRequest): Promise<HttpResponseInit> {
  const json = await readJson(request);
  if (!json.ok) return json.problem;
  const body = bodySchema.safeParse(json.value);
  if (!body.success)
    return problem(400, 'Say whether to drain', 'The body is {"draining": true} or {"draining": false}.');
  await services.control.setDraining(body.data.draining);
  if (!body.data.draining) await services.kicks.send(PLAIN_KICK);
  return ok(await services.control.read());
}
