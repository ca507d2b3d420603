// GET /api/placements: where jobs may run, what is held and free there, and what each place refuses.
import { app, type HttpResponseInit, type InvocationContext } from '@azure/functions';

import { type PlacementList, type PlacementsQuery, placementsQuerySchema } from '../../api/placements';
import type { Services } from '../../app/services';
import { listPlacements } from '../../jobs/placement/list-placements';
import { ok } from '../answers/problem';
import { withQuery } from '../answers/with-query';
import { withLog } from '../context';

export function registerPlacements(services: Services): void {
  app.http('placements', {
    methods: ['GET'],
    authLevel: 'function',
    route: 'placements',
    handler: withQuery(placementsQuerySchema, (_request, context, query) =>
      placements(services, context, query),
    ),
  });
}

async function placements(
  services: Services,
  context: InvocationContext,
  query: PlacementsQuery,
): Promise<HttpResponseInit> {
  const listed = await listPlacements(withLog(services, context), query, services.policy);
  return ok({ placements: listed } satisfies PlacementList);
}
