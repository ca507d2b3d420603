// GET /api/placements: where jobs may run, what is held and free there, and what each place refuses.
import { app, type HttpRequest, type HttpResponseInit } from '@azure/functions';

import { type PlacementList, placementsQuerySchema } from '../../api/placements';
import type { Services } from '../../app/services';
import { listPlacements } from '../../jobs/placement/list-placements';
import { ok } from '../answers/problem';
import { readQuery } from '../answers/read-query';

export function registerPlacements(services: Services): void {
  app.http('placements', {
    methods: ['GET'],
    authLevel: 'function',
    route: 'placements',
    handler: (request) => placements(services, request),
  });
}

async function placements(services: Services, request: HttpRequest): Promise<HttpResponseInit> {
  const read = readQuery(request, placementsQuerySchema);
  if (!read.ok) return read.problem;
  return ok({ placements: await listPlacements(services, read.query) } satisfies PlacementList);
}
