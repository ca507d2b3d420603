// The parts of objects that have paths of their own: the log of a pod, the status of a Job, and others
import { postToken } from '../access/reviews';
import { generic } from '../answers/api-fault';
import { getLog } from '../log/answer-log';
import { postEviction } from '../writes/evict-pod';
import { type Action, getObject, patchOne, putObject } from './actions';
import type { ApiRequest } from './api-request';

/** By `resource/subresource` and verb. */
const SUBRESOURCES: Readonly<Record<string, Action>> = {
  ...Object.fromEntries(
    ['jobs.batch', 'pods', 'nodes', 'namespaces', 'resourcequotas'].flatMap((resource) => [
      [`${resource}/status get`, getObject],
      [`${resource}/status update`, putObject],
      [`${resource}/status patch`, patchOne],
    ]),
  ),
  'pods/log get': getLog,
  'pods/eviction create': postEviction,
  'serviceaccounts/token create': postToken,
};

/** Whether the server does it; discovery lists more, as a real one's does. */
export function servesPart(resource: string, part: string, verb: string): boolean {
  return Object.hasOwn(SUBRESOURCES, `${resource}/${part} ${verb}`);
}

/** Throws the 404 for a part that the resource has not, and the 405 for a verb that this part has not. */
export function subresourceAction({ resource, path, verb }: ApiRequest): Action {
  const part = resource.subresources.find(({ name }) => name === path.subresource);
  if (!part) throw generic(404);
  const action = SUBRESOURCES[`${resource.name}/${part.name} ${verb}`];
  if (!action) throw generic(405);
  return action;
}
