// GET /api/schedules and GET /api/schedules/{name}: schedules, wherever they are defined.
import { app, type HttpRequest, type HttpResponseInit } from '@azure/functions';

import { type ScheduleList, schedulePathSchema } from '../../api/schedules';
import { scheduleView } from '../../api/views/schedule-view';
import type { Services } from '../../app/services';
import { listSchedules, readSchedule } from '../../jobs/schedule/change-schedule';
import { ok } from '../answers/problem';
import { NO_PARAMETERS, readQuery } from '../answers/read-query';
import { noSuchSchedule, scheduleAnswer } from '../answers/schedule-answers';

export function registerSchedules(services: Services): void {
  app.http('listSchedules', {
    methods: ['GET'],
    authLevel: 'function',
    route: 'schedules',
    handler: (request) => list(services, request),
  });
  app.http('getSchedule', {
    methods: ['GET'],
    authLevel: 'function',
    route: 'schedules/{name}',
    handler: (request) => get(services, request),
  });
}

async function list(services: Services, request: HttpRequest): Promise<HttpResponseInit> {
  const query = readQuery(request, NO_PARAMETERS);
  if (!query.ok) return query.problem;
  const known = await listSchedules(services);
  const now = services.clock.now();
  return ok({ schedules: known.map((one) => scheduleView(one, now)) } satisfies ScheduleList);
}

async function get(services: Services, request: HttpRequest): Promise<HttpResponseInit> {
  const query = readQuery(request, NO_PARAMETERS);
  if (!query.ok) return query.problem;
  const path = schedulePathSchema.safeParse(request.params);
  const known = path.success ? await readSchedule(services, path.data.name) : undefined;
  if (known === undefined) return noSuchSchedule(request.params['name'] ?? '');
  return scheduleAnswer(known, services.clock.now());
}
