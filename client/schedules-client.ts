// Schedules over HTTP.
import { randomUUID } from 'node:crypto';

import {
  type Schedule,
  type ScheduleDefinition,
  scheduleListSchema,
  scheduleRunSchema,
  scheduleSchema,
} from './answers/schedule';
import type { Transport } from './transport';

export interface SchedulesClient {
  list(): Promise<readonly Schedule[]>;
  get(name: string): Promise<Schedule>;
  /** Makes the schedule, or replaces it. */
  put(name: string, definition: ScheduleDefinition): Promise<Schedule>;
  remove(name: string): Promise<void>;
  pause(name: string): Promise<Schedule>;
  resume(name: string): Promise<Schedule>;
  /** One job now, whatever the clock says. */
  run(name: string): Promise<{ readonly jobId: string }>;
}

export function schedulesClient(transport: Transport): SchedulesClient {
  const pathOf = (name: string): string => `/api/schedules/${encodeURIComponent(name)}`;
  const turn = (name: string, to: 'pause' | 'resume'): Promise<Schedule> =>
    transport.ask({ method: 'POST', path: `${pathOf(name)}/${to}`, body: {} }, scheduleSchema);
  return {
    list: async () =>
      (await transport.ask({ method: 'GET', path: '/api/schedules' }, scheduleListSchema)).schedules,
    get: (name) => transport.ask({ method: 'GET', path: pathOf(name) }, scheduleSchema),
    put: (name, definition) =>
      transport.ask({ method: 'PUT', path: pathOf(name), body: definition }, scheduleSchema),
    remove: async (name) => {
      await transport.send({ method: 'DELETE', path: pathOf(name) });
    },
    pause: (name) => turn(name, 'pause'),
    resume: (name) => turn(name, 'resume'),
    run: (name) =>
      transport.ask(
        {
          method: 'POST',
          path: `${pathOf(name)}/run`,
          headers: { 'idempotency-key': randomUUID() },
          body: {},
        },
        scheduleRunSchema,
      ),
  };
}
