// The Durable management API (docs/facts/durable-functions.md#management-api): its routes, over one base path.
import type { Handler, WireRequest, WireResponse } from '../../wire/handler';
import { answerTo, empty, errorAnswer } from './http-answers';
import { listInstances, purgeInstances } from './management-many';
import { getStatus, purgeOne, raiseEvent, restart, rewindOne, startNew, steer } from './management-one';
import type { ManagementParts } from './management-parts';

/** Answers requests below `base` (without a trailing slash); everything else is 404. */
export function createManagementApi(parts: ManagementParts, base: string): Handler {
  return async (request) => {
    if (!request.url.pathname.startsWith(`${base}/`)) return empty(404);
    try {
      return await route(parts, request, segmentsOf(request.url.pathname.slice(base.length)));
    } catch (error) {
      return answerTo(error);
    }
  };
}

/** Path segments as the client meant them. An escaped slash stays escaped, as in .NET's URIs. */
function segmentsOf(path: string): string[] {
  return path
    .replace(/^\/+|\/+$/g, '')
    .split('/')
    .map((segment) => {
      try {
        return decodeURIComponent(segment.replace(/%2f/gi, (slash) => `%25${slash.slice(1)}`));
      } catch {
        return segment;
      }
    });
}

async function route(
  parts: ManagementParts,
  request: WireRequest,
  segments: readonly string[],
): Promise<WireResponse> {
  const [kind = '', first, second, third, ...more] = segments;
  if (more.length > 0) return empty(404);
  const method = request.method;
  switch (kind.toLowerCase()) {
    case 'orchestrators':
      if (first === undefined || third !== undefined || method !== 'POST') return empty(404);
      return startNew(parts, request, first, second ?? '');
    case 'instances':
      if (first === undefined) return many(parts, request);
      if (second === undefined) return one(parts, request, first);
      if (method !== 'POST') return empty(404);
      return operation(parts, request, first, second.toLowerCase(), third);
    case 'entities':
      return errorAnswer(501, 'The local host does not offer durable entities.');
    case 'makeprimary':
      return errorAnswer(501, 'The local host does not offer app leases.');
    default:
      return empty(404);
  }
}

function many(parts: ManagementParts, request: WireRequest): WireResponse | Promise<WireResponse> {
  if (request.method === 'GET') return listInstances(parts, request);
  if (request.method === 'DELETE') return purgeInstances(parts, request);
  return empty(404);
}

function one(
  parts: ManagementParts,
  request: WireRequest,
  instanceId: string,
): WireResponse | Promise<WireResponse> {
  if (request.method === 'GET') return getStatus(parts, request, instanceId);
  if (request.method === 'DELETE') return purgeOne(parts, instanceId);
  return empty(404);
}

async function operation(
  parts: ManagementParts,
  request: WireRequest,
  instanceId: string,
  name: string,
  eventName: string | undefined,
): Promise<WireResponse> {
  if (name === 'raiseevent')
    return eventName === undefined ? empty(404) : raiseEvent(parts, request, instanceId, eventName);
  if (eventName !== undefined) return empty(404);
  switch (name) {
    case 'terminate':
    case 'suspend':
    case 'resume':
      return steer(parts, request, instanceId, name);
    case 'rewind':
      return rewindOne(parts, request, instanceId);
    case 'restart':
      return restart(parts, request, instanceId);
    default:
      return empty(404);
  }
}
