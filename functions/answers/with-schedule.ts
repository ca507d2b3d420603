// What a handler of a route below /api/schedules/{name} begins with: the name, or the answer that there is no such
// schedule.
import type { HttpHandler, HttpRequest, HttpResponseInit, InvocationContext } from '@azure/functions';

import { schedulePathSchema } from '../../api/schedules';
import { NO_PARAMETERS } from './read-query';
import { noSuchSchedule } from './schedule-answers';
import { withQuery } from './with-query';

/** Calls `handler` with a name that a schedule may have. The route takes no query. */
export function withSchedule(
  handler: (
    request: HttpRequest,
    context: InvocationContext,
    name: string,
  ) => HttpResponseInit | Promise<HttpResponseInit>,
): HttpHandler {
  return withQuery(NO_PARAMETERS, (request, context) => {
    const path = schedulePathSchema.safeParse(request.params);
    return path.success
      ? handler(request, context, path.data.name)
      : noSuchSchedule(request.params['name'] ?? '');
  });
}
