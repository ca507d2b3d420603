// GET /api/placements: where jobs may run, what is held and free there, and what each place refuses.
import { app, type HttpResponseInit } from '@azure/functions';

import { type PlacementList, type PlacementsQuery, placementsQuerySchema } from '../../api/placements';
import type { Services } from '../../app/services';
import { listPlacements } from '../../jobs/placement/list-placements';
import { ok } from '../answers/problem';
import { withQuery } from '../answers/with-query';

export function registerPlacements(services: Services): void {
  app.http('placements', {
    methods: ['GET'],
    authLevel: 'function',
    route: 'placements',
    handler: withQuery(placementsQuerySchema, (_request, _context, query) => placements(services, query)),
  });
}

async function placements(services: Services, query: PlacementsQuery): Promise<HttpResponseInit> {
  return ok({ placements: await listPlacements(services, query) } satisfies PlacementList);
}
