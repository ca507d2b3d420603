// Schedules over HTTP.
import { randomUUID } from 'node:crypto';

import type { z } from 'zod';

import {
  ranScheduleSchema,
  scheduleListSchema,
  type ScheduleView,
  scheduleViewSchema,
  type scheduleWriteSchema,
} from '../api/schedules';
import type { Transport } from './transport';

/** What a schedule is made of; what is left out gets its default. */
export type ScheduleDefinition = z.input<typeof scheduleWriteSchema>;

export interface SchedulesClient {
  list(): Promise<readonly ScheduleView[]>;
  get(name: string): Promise<ScheduleView>;
  /** Makes the schedule, or replaces it; `onlyIfNew`: an ApiError of status 412 where there is one of that name. */
  put(
    name: string,
    definition: ScheduleDefinition,
    options?: { readonly onlyIfNew?: boolean },
  ): Promise<ScheduleView>;
  remove(name: string): Promise<void>;
  pause(name: string): Promise<ScheduleView>;
  resume(name: string): Promise<ScheduleView>;
  /** One job now, whatever the clock says. */
  run(name: string): Promise<{ readonly jobId: string }>;
}

export function createSchedulesClient(transport: Transport): SchedulesClient {
  const pathOf = (name: string): string => `/api/schedules/${encodeURIComponent(name)}`;
  const steer = (name: string, to: 'pause' | 'resume'): Promise<ScheduleView> =>
    transport.ask({ method: 'POST', path: `${pathOf(name)}/${to}`, body: {} }, scheduleViewSchema);
  return {
    list: async () =>
      (await transport.ask({ method: 'GET', path: '/api/schedules' }, scheduleListSchema)).schedules,
    get: (name) => transport.ask({ method: 'GET', path: pathOf(name) }, scheduleViewSchema),
    put: (name, body, { onlyIfNew = false } = {}) =>
      transport.ask(
        {
          method: 'PUT',
          path: pathOf(name),
          headers: { 'if-none-match': onlyIfNew ? '*' : undefined },
          body,
        },
        scheduleViewSchema,
      ),
    remove: async (name) => {
      await transport.send({ method: 'DELETE', path: pathOf(name) });
    },
    pause: (name) => steer(name, 'pause'),
    resume: (name) => steer(name, 'resume'),
    run: (name) =>
      transport.ask(
        {
          method: 'POST',
          path: `${pathOf(name)}/run`,
          headers: { 'idempotency-key': randomUUID() },
          body: {},
        },
        ranScheduleSchema,
      ),
  };
}
