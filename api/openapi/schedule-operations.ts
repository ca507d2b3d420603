// The operations below /api/schedules.
import { z } from 'zod';

import {
  conditionHeadersSchema,
  putConditionHeadersSchema,
  ranScheduleSchema,
  scheduleListSchema,
  schedulePathSchema,
  scheduleViewSchema,
  scheduleWriteSchema,
} from '../schedules';
import { idempotencyHeadersSchema } from '../submissions';
import { type Answer, BAD_BODY, json, LOCATION, type Operation, refusal } from './operation';

const TAG = 'schedules';
const NO_SUCH_SCHEDULE = { 404: refusal('There is no such schedule.') } as const;
const FROM_SETTINGS = refusal('A setting defines the schedule: it changes there only.');
const OTHER_BY_NOW = refusal('The schedule is not what If-Match or If-None-Match says.');
const ETAG: NonNullable<Answer['headers']> = {
  etag: {
    description:
      'for If-Match; changes when the schedule does or fires. Missing while nothing of it is stored',
    schema: z.string().optional(),
  },
};

export const SCHEDULE_OPERATIONS: readonly Operation[] = [
  {
    id: 'listSchedules',
    method: 'get',
    route: 'schedules',
    tag: TAG,
    summary: 'All schedules, by name',
    answers: { 200: json('The schedules of the settings and of the API.', scheduleListSchema) },
  },
  {
    id: 'getSchedule',
    method: 'get',
    route: 'schedules/{name}',
    tag: TAG,
    summary: 'One schedule, its next fires and what became of the last',
    path: schedulePathSchema,
    answers: { 200: json('The schedule.', scheduleViewSchema, ETAG), ...NO_SUCH_SCHEDULE },
  },
  {
    id: 'putSchedule',
    method: 'put',
    route: 'schedules/{name}',
    tag: TAG,
    summary: 'Make a schedule, or define it anew',
    description:
      'The same definition again changes nothing. Under another cron expression or time zone, fires count from now on.',
    path: schedulePathSchema,
    headers: putConditionHeadersSchema,
    body: { description: 'The definition.', content: { 'application/json': scheduleWriteSchema } },
    answers: {
      200: json('The schedule as it is now.', scheduleViewSchema, ETAG),
      201: json('The new schedule.', scheduleViewSchema, {
        ...ETAG,
        location: { description: 'path of the schedule', schema: z.string() },
      }),
      ...BAD_BODY,
      409: FROM_SETTINGS,
      412: OTHER_BY_NOW,
    },
  },
  {
    id: 'deleteSchedule',
    method: 'delete',
    route: 'schedules/{name}',
    tag: TAG,
    summary: 'Remove a schedule',
    description: 'Its jobs go on; a fire that waits for an earlier workload to be gone is dropped.',
    path: schedulePathSchema,
    headers: conditionHeadersSchema,
    answers: {
      204: { description: 'It is removed.' },
      ...NO_SUCH_SCHEDULE,
      409: FROM_SETTINGS,
      412: OTHER_BY_NOW,
    },
  },
  {
    id: 'pauseSchedule',
    method: 'post',
    route: 'schedules/{name}/pause',
    tag: TAG,
    summary: 'Pass over all fires until it is resumed',
    path: schedulePathSchema,
    answers: { 200: json('The schedule as it is now.', scheduleViewSchema, ETAG), ...NO_SUCH_SCHEDULE },
  },
  {
    id: 'resumeSchedule',
    method: 'post',
    route: 'schedules/{name}/resume',
    tag: TAG,
    summary: 'Let it fire again, from now on',
    path: schedulePathSchema,
    answers: { 200: json('The schedule as it is now.', scheduleViewSchema, ETAG), ...NO_SUCH_SCHEDULE },
  },
  {
    id: 'runSchedule',
    method: 'post',
    route: 'schedules/{name}/run',
    tag: TAG,
    summary: 'One job of the schedule now, beside its fires',
    description: 'Also while it is paused, and whatever its overlap policy says.',
    path: schedulePathSchema,
    headers: idempotencyHeadersSchema,
    answers: {
      202: json('The job.', ranScheduleSchema, LOCATION),
      400: refusal('The spec can not become a job, or the Idempotency-Key is none.'),
      ...NO_SUCH_SCHEDULE,
      409: refusal('The key has made a job from another spec.'),
    },
  },
];
