// POST /api/schedules/{name}/pause, resume and run: what can be done with any schedule, wherever it is defined.
import { app, type HttpRequest, type HttpResponseInit, type InvocationContext } from '@azure/functions';

import type { RanSchedule } from '../../api/schedules';
import type { Services } from '../../app/services';
import { pauseSchedule } from '../../jobs/schedule/change-schedule';
import { runSchedule } from '../../jobs/schedule/run-schedule';
import { idempotencyKey } from '../answers/idempotency-key';
import { invalidSpec } from '../answers/problem';
import { changedAnswer, noSuchSchedule } from '../answers/schedule-answers';
import { keyUsedAlready, noPlacement } from '../answers/submission-answers';
import { withSchedule } from '../answers/with-schedule';
import { DURABLE_CLIENT } from '../context';
import { dispatchNow } from '../dispatch-now';

export function registerSteerSchedule(services: Services): void {
  app.http('pauseSchedule', {
    methods: ['POST'],
    authLevel: 'function',
    route: 'schedules/{name}/pause',
    handler: withSchedule((_request, _context, name) => setPaused(services, name, true)),
  });
  app.http('resumeSchedule', {
    methods: ['POST'],
    authLevel: 'function',
    route: 'schedules/{name}/resume',
    handler: withSchedule((_request, _context, name) => setPaused(services, name, false)),
  });
  app.http('runSchedule', {
    methods: ['POST'],
    authLevel: 'function',
    route: 'schedules/{name}/run',
    extraInputs: [DURABLE_CLIENT],
    handler: withSchedule((request, context, name) => run(services, request, context, name)),
  });
}

async function setPaused(services: Services, name: string, paused: boolean): Promise<HttpResponseInit> {
  return changedAnswer(name, await pauseSchedule(services, name, paused), services.clock.now());
}

async function run(
  services: Services,
  request: HttpRequest,
  context: InvocationContext,
  name: string,
): Promise<HttpResponseInit> {
  const read = idempotencyKey(request);
  if (!read.ok) return read.problem;
  const ran = await runSchedule(services, name, read.key);
  switch (ran.kind) {
    case 'accepted':
      await dispatchNow(services, context);
      return {
        status: 202,
        headers: { location: `/api/jobs/${ran.jobId}` },
        jsonBody: { jobId: ran.jobId } satisfies RanSchedule,
      };
    case 'conflict':
      return keyUsedAlready(ran.jobId);
    case 'forbidden':
    case 'unusable':
      return invalidSpec(ran.problems);
    case 'no-placement':
      return noPlacement(ran.refusals);
    case 'no-such-schedule':
      return noSuchSchedule(name);
  }
}
