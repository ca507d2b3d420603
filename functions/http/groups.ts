// GET /api/groups/{id}: the jobs of one array, counted. POST /api/groups/{id}/cancel ends all of them.
import { app, type HttpRequest, type HttpResponseInit, type InvocationContext } from '@azure/functions';

import { groupView } from '../../api/views/group-view';
import type { Services } from '../../app/services';
import { GROUP_ID } from '../../domain/group/group';
import { MOST_MEMBERS } from '../../domain/group/member';
import { cancelGroup } from '../../jobs/group/cancel-group';
import { ok, problem } from '../answers/problem';
import { NO_PARAMETERS } from '../answers/read-query';
import { withQuery } from '../answers/with-query';
import { DURABLE_CLIENT, withStarter } from '../context';

export function registerGroups(services: Services): void {
  app.http('getGroup', {
    methods: ['GET'],
    authLevel: 'function',
    route: 'groups/{id}',
    handler: withQuery(NO_PARAMETERS, (request) => getGroup(services, request)),
  });
  app.http('cancelGroup', {
    methods: ['POST'],
    authLevel: 'function',
    route: 'groups/{id}/cancel',
    extraInputs: [DURABLE_CLIENT],
    handler: withQuery(NO_PARAMETERS, (request, context) => cancel(services, request, context)),
  });
}

async function getGroup(services: Services, request: HttpRequest): Promise<HttpResponseInit> {
  const id = request.params['id'] ?? '';
  const records = GROUP_ID.test(id) ? await services.groups.read(id) : undefined;
  if (records === undefined) return noSuchGroup(id);
  const { jobs } = await services.lists.page({ listing: { kind: 'group', id } }, MOST_MEMBERS);
  return ok(groupView(records, jobs));
}

async function cancel(
  services: Services,
  request: HttpRequest,
  context: InvocationContext,
): Promise<HttpResponseInit> {
  const id = request.params['id'] ?? '';
  const canceled = GROUP_ID.test(id) ? await cancelGroup(withStarter(services, context), id) : undefined;
  return canceled === undefined ? noSuchGroup(id) : { status: 202, jsonBody: { canceled } };
}

function noSuchGroup(id: string): HttpResponseInit {
  return problem(
    404,
    'No such group',
    `There is no group "${id.slice(0, 100)}". A group's id is the one that the submission of its array was answered with.`,
  );
}
