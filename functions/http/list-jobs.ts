// GET /api/jobs: jobs, newest first, a page at a time, all or those that fit a filter.
import { app, type HttpResponseInit } from '@azure/functions';
import type { z } from 'zod';

import { jobListQuerySchema } from '../../api/jobs';
import type { Services } from '../../app/services';
import { listJobs } from '../../jobs/lists/list-jobs';
import { ok, problem } from '../answers/problem';
import { withQuery } from '../answers/with-query';

export function registerListJobs(services: Services): void {
  app.http('listJobs', {
    methods: ['GET'],
    authLevel: 'function',
    route: 'jobs',
    handler: withQuery(jobListQuerySchema, (_request, _context, query) => list(services, query)),
  });
}

async function list(
  services: Services,
  query: z.infer<typeof jobListQuerySchema>,
): Promise<HttpResponseInit> {
  const { limit, continuation, state, label, labels, placement, ...rest } = query;
  if (label !== undefined && labels !== undefined) {
    const errors = [{ parameter: 'label', detail: 'is given beside labels' }];
    return problem(400, 'Bad query', 'label and labels are both given: put every label into labels.', {
      errors,
    });
  }
  const all = label === undefined ? labels : labelOf(label);
  const filter = { ...rest, states: state, labels: all, placements: placement };
  return ok(await listJobs(services.lists, filter, limit, continuation));
}

/** The name ends at the first `=`. */
function labelOf(text: string): Readonly<Record<string, string>> {
  const [name = ''] = text.split('=', 1);
  return { [name]: text.slice(name.length + 1) };
}
