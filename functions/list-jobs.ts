// GET /api/jobs: jobs, newest first, a page at a time.
import { app, type HttpRequest, type HttpResponseInit } from '@azure/functions';

import type { Services } from '../app/services';
import { TerminalError } from '../domain/errors';
import { listJobs } from '../jobs/list-jobs';
import { ok, problem } from './problem';

const DEFAULT_LIMIT = 50;
const MAX_LIMIT = 200;

export function registerListJobs(services: Services): void {
  app.http('listJobs', {
    methods: ['GET'],
    authLevel: 'function',
    route: 'jobs',
    handler: (request) => list(services, request),
  });
}

async function list(services: Services, request: HttpRequest): Promise<HttpResponseInit> {
  const limit = Number(request.query.get('limit') ?? DEFAULT_LIMIT);
  if (!Number.isInteger(limit) || limit < 1 || limit > MAX_LIMIT) {
    return problem(
      400,
      'Bad limit',
      `limit is "${request.query.get('limit') ?? ''}", must be a whole number from 1 to ${MAX_LIMIT}.`,
    );
  }
  try {
    return ok(await listJobs(services, limit, request.query.get('continuation') ?? undefined));
  } catch (error) {
    if (error instanceof TerminalError) return problem(400, 'Bad continuation', error.message);
    throw error;
  }
}
