// GET /api/schedules and GET /api/schedules/{name}: schedules, wherever they are defined.
import { app, type HttpResponseInit } from '@azure/functions';

import type { ScheduleList } from '../../api/schedules';
import { scheduleView } from '../../api/views/schedule-view';
import type { Services } from '../../app/services';
import { listSchedules, readSchedule } from '../../jobs/schedule/change-schedule';
import { ok } from '../answers/problem';
import { NO_PARAMETERS } from '../answers/read-query';
import { noSuchSchedule, scheduleAnswer } from '../answers/schedule-answers';
import { withQuery } from '../answers/with-query';
import { withSchedule } from '../answers/with-schedule';

export function registerSchedules(services: Services): void {
  app.http('listSchedules', {
    methods: ['GET'],
    authLevel: 'function',
    route: 'schedules',
    handler: withQuery(NO_PARAMETERS, () => list(services)),
  });
  app.http('getSchedule', {
    methods: ['GET'],
    authLevel: 'function',
    route: 'schedules/{name}',
    handler: withSchedule((_request, _context, name) => get(services, name)),
  });
}

async function list(services: Services): Promise<HttpResponseInit> {
  const known = await listSchedules(services);
  const now = services.clock.now();
  return ok({ schedules: known.map((one) => scheduleView(one, now)) } satisfies ScheduleList);
}

async function get(services: Services, name: string): Promise<HttpResponseInit> {
  const known = await readSchedule(services, name);
  return known === undefined ? noSuchSchedule(name) : scheduleAnswer(known, services.clock.now());
}
