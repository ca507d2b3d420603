// What the routes below /api/schedules answer.
import type { HttpResponseInit } from '@azure/functions';

import { scheduleView } from '../../api/views/schedule-view';
import type { KnownSchedule } from '../../domain/schedule/known-schedule';
import type { ChangedSchedule } from '../../jobs/schedule/change-schedule';
import { problem } from './problem';

/** The schedule as it stands; its ETag when it has been stored. */
export function scheduleAnswer(known: KnownSchedule, now: number, status = 200): HttpResponseInit {
  return {
    status,
    headers: {
      ...(known.stored === undefined ? {} : { etag: known.stored.etag }),
      ...(status === 201 ? { location: `/api/schedules/${known.schedule.name}` } : {}),
    },
    jsonBody: scheduleView(known, now),
  };
}

export function changedAnswer(name: string, changed: ChangedSchedule, now: number): HttpResponseInit {
  switch (changed.kind) {
    case 'done':
      return scheduleAnswer(changed.known, now, changed.created ? 201 : 200);
    case 'no-such-schedule':
    case 'from-settings':
    case 'not-as-asked':
      return refusedChange(name, changed);
  }
}

export function refusedChange(
  name: string,
  refused: Exclude<ChangedSchedule, { kind: 'done' }>,
): HttpResponseInit {
  switch (refused.kind) {
    case 'no-such-schedule':
      return noSuchSchedule(name);
    case 'from-settings':
      return problem(
        409,
        'The schedule is defined by a setting',
        `Schedule ${name} stands in GPU_JOBS_SCHEDULES: change or remove it there. It can be paused, resumed and run here.`,
      );
    case 'not-as-asked': {
      const now = refused.etag === undefined ? 'There is no such schedule' : `Its ETag is ${refused.etag}`;
      const detail = `Schedule ${name} is not as If-Match or If-None-Match says. ${now}: read it again, then decide.`;
      return problem(412, 'The schedule is another by now', detail);
    }
  }
}

export function noSuchSchedule(name: string): HttpResponseInit {
  return problem(
    404,
    'No such schedule',
    `There is no schedule "${name.slice(0, 100)}". GET /api/schedules lists those that there are.`,
  );
}
